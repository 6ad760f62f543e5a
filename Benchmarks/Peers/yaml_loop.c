/* What libyaml itself takes: parses files event by event and throws the events away.
   yaml_loop ROUNDS FILE…: prints the shortest round in nanoseconds of processor time. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <yaml.h>

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int count, char **arguments) {
  int rounds = count > 2 ? atoi(arguments[1]) : 0;
  int files = count - 2;
  unsigned char **texts = calloc(files > 0 ? files : 1, sizeof *texts);
  size_t *sizes = calloc(files > 0 ? files : 1, sizeof *sizes);
  long long best = -1;
  for (int i = 0; i < files; i++) {
    FILE *file = fopen(arguments[i + 2], "rb");
    if (!file) return 2;
    fseek(file, 0, SEEK_END);
    sizes[i] = ftell(file);
    rewind(file);
    texts[i] = malloc(sizes[i] + 1);
    if (fread(texts[i], 1, sizes[i], file) != sizes[i]) return 2;
    fclose(file);
  }
  for (int round = 0; round < rounds; round++) {
    long long start = now();
    for (int i = 0; i < files; i++) {
      yaml_parser_t parser;
      yaml_event_t event;
      int done = 0;
      yaml_parser_initialize(&parser);
      yaml_parser_set_input_string(&parser, texts[i], sizes[i]);
      while (!done) {
        if (!yaml_parser_parse(&parser, &event)) return 1;
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
      }
      yaml_parser_delete(&parser);
    }
    long long time = now() - start;
    if (best < 0 || time < best) best = time;
  }
  printf("%lld\n", best);
  return 0;
}
