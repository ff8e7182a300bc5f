// libudev, as Debian's libudev-dev has it.
#include <libudev.h>
