/*
 * process.h - the process of this machine that serves an address: it can be known at once that it has ended, without
 * asking its server again and again.
 *
 * llama-server closes a connection that is idle for 5 s, so a connection that breaks means nothing; the end of a
 * process does, where it is one that we may look at (Linux; of the same user, not in a container).
 */
#ifndef FLYNN_NET_PROCESS_H
#define FLYNN_NET_PROCESS_H

/* The process that listens at the address, "127.0.0.1" or "::1", and port; or at the path of a unix socket: a descriptor that
 * is readable (POLLIN) once that process has ended, close-on-exec, the caller's to close. -1: it cannot be known. */
int process_of_port(const char *address, long port);
int process_of_socket(const char *path);

#endif
