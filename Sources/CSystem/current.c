#define _GNU_SOURCE
#include "CSystem.h"

static _Thread_local void *current;

void *fl_current(void) { return current; }
void fl_set_current(void *reactor) { current = reactor; }
