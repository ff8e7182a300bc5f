// Folders and device files: what is there, who may open it, and when that changes.
#ifndef FAIRLEAD_CSYSTEM_FOLDERS_H
#define FAIRLEAD_CSYSTEM_FOLDERS_H
#include <stddef.h>

/// Whether the effective user may read and write.
int fl_may_open(const char *path);
/// An inotify descriptor, readable when a name in the folder comes, goes or changes its attributes.
int fl_watch_folder(const char *path);
/// Writes a new file beside the old one and gives it the old one's name.
int fl_replace_file(const char *path, const void *bytes, size_t count);
/// The same for a file of its owner's alone, who is the owner of the folder where we may say so;
/// it is on the disk before it has its name.
int fl_replace_private_file(const char *path, const void *bytes, size_t count);

#endif
