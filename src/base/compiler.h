/*
 * compiler.h - the attributes that gcc and clang share, under one name each.
 */
#ifndef FLYNN_BASE_COMPILER_H
#define FLYNN_BASE_COMPILER_H

#define PRINTF_LIKE(at, first) __attribute__((format(printf, at, first)))
#define MUST_USE               __attribute__((warn_unused_result))
#define NORETURN               __attribute__((noreturn))
#define UNUSED                 __attribute__((unused))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
