/* measure RUNS PROGRAM ARGUMENT…: runs a program so often with its output thrown away, and prints
   the shortest processor time and wall time in microseconds, the largest memory in KiB, and the
   last exit code. Small, because a child's peak memory counts what its parent had when it was made. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

int main(int count, char **arguments) {
  if (count < 3) return 2;
  long best_cpu = -1, best_wall = -1, memory = 0;
  int status = 0;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  for (int run = 0; run < atoi(arguments[1]); run++) {
    struct timespec start, end;
    struct rusage usage;
    pid_t child;
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (posix_spawnp(&child, arguments[2], &actions, NULL, arguments + 2, environ)) return 2;
    wait4(child, &status, 0, &usage);
    clock_gettime(CLOCK_MONOTONIC, &end);
    long cpu = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000L + usage.ru_utime.tv_usec
               + usage.ru_stime.tv_usec;
    long wall = (end.tv_sec - start.tv_sec) * 1000000L + (end.tv_nsec - start.tv_nsec) / 1000;
    if (best_cpu < 0 || cpu < best_cpu) best_cpu = cpu;
    if (best_wall < 0 || wall < best_wall) best_wall = wall;
    if (usage.ru_maxrss > memory) memory = usage.ru_maxrss;
  }
  printf("%ld %ld %ld %d\n", best_cpu, best_wall, memory, WEXITSTATUS(status));
  return 0;
}
