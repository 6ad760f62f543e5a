#ifndef LINT_COPY_BUILD_H
#define LINT_COPY_BUILD_H

/// The commit that was built, with `+` where files differed from it; empty where nobody knows.
const char *_Nonnull lint_copy_commit(void);

#endif
