// What the calling thread turns at this moment: one pointer for each thread.
#ifndef FAIRLEAD_CSYSTEM_CURRENT_H
#define FAIRLEAD_CSYSTEM_CURRENT_H

void *fl_current(void);
void fl_set_current(void *reactor);

#endif
