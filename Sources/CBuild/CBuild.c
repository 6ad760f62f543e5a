#include "CBuild.h"

#ifndef LINT_COPY_COMMIT
#define LINT_COPY_COMMIT ""
#endif

const char *lint_copy_commit(void) { return LINT_COPY_COMMIT; }
