/*
 * queue.pml - src/base/queue.c between its two threads, on a processor with store buffers (TSO, as x86 has).
 *
 * Spin interleaves, but a plain model stores at once, as no processor does: there the wake-up that release and acquire
 * lose is never lost. Here every store goes into the buffer of its thread first, and a process of its own moves it to
 * memory, in order, at any later moment. A sequentially consistent store then waits until the buffer is empty; so does an
 * exchange. No thread loads what it has in its own buffer, so loads read memory.
 *
 * Writer and reader do what the C does, step by step under the same names: records of one or two units with a pad at the
 * end of a ring of four, published and released one by one or together, cached indices, both flags. The reader asserts
 * that each record comes once, in order and whole. A lost wake-up leaves somebody asleep for ever: an invalid end state.
 *
 * An atomic block holds at most one access to memory; appends to the thread's own buffer may share it, because only
 * their order in the buffer can be seen.
 *
 * -DWEAK is the negative control: release and acquire only. -DWEAK_PUBLISH, -DWEAK_SLEEP, -DWEAK_RELEASE, -DWEAK_WAIT
 * each weaken one of the four stores. All of them must fail.
 */

#define SIZE 4       /* units of the ring */
#define POSITIONS 8  /* where positions, which only grow in the C, begin again */
#define START 5      /* the first position: near the end of the ring, and of the positions */
#ifndef RECORDS
#define RECORDS 3    /* 4 take some seconds more, 5 a minute and gigabytes */
#endif
#define PAD 255

#ifdef WEAK
#define WEAK_PUBLISH
#define WEAK_SLEEP
#define WEAK_RELEASE
#define WEAK_WAIT
#endif

/* Memory. */
#define WRITTEN 0
#define READ 1
#define READER_SLEEPS 2
#define WRITER_WAITS 3
#define RING 4
byte memory[RING + SIZE] = { START, START, 0, 0, 0, 0, 0, 0 };

#define WRITER 0
#define READER 1
chan buffer[2] = [4] of { byte, byte }; /* place, value */
bool bell[2]; /* the pipe that the thread polls */

#define FENCE(who) empty(buffer[who])

#ifdef WEAK_PUBLISH
#define FENCE_PUBLISH skip
#else
#define FENCE_PUBLISH FENCE(WRITER)
#endif
#ifdef WEAK_SLEEP
#define FENCE_SLEEP skip
#else
#define FENCE_SLEEP FENCE(READER)
#endif
#ifdef WEAK_RELEASE
#define FENCE_RELEASE skip
#else
#define FENCE_RELEASE FENCE(READER)
#endif
#ifdef WEAK_WAIT
#define FENCE_WAIT skip
#else
#define FENCE_WAIT FENCE(WRITER)
#endif

inline store(who, place, value)
{
	buffer[who]!place, value
}

/* What follows the store of an index: wake the other if its flag is up. */
inline wake(who, flag)
{
	up = memory[flag];
	if
	:: up ->
		atomic { FENCE(who); up = memory[flag]; memory[flag] = 0 };
		if
		:: atomic { up -> bell[1 - who] = true; up = false }
		:: else
		fi
	:: else
	fi
}

/* Ends when the bell rings, or, at most once, for a reason of the thread's own. */
inline poll(who)
{
	atomic {
		if
		:: bell[who] -> bell[who] = false
		:: restless -> restless = false
		fi
	}
}

/* One process for each buffer: its stores reach memory in order, each at some moment. */
active [2] proctype drain()
{
	byte place, value;

end:	do
	:: atomic { buffer[_pid]?place, value -> memory[place] = value; place = 0; value = 0 }
	od
}

#define ROOM ((limit + POSITIONS - position) % POSITIONS)
#define REST (SIZE - position % SIZE)

inline publish()
{
	if
	:: atomic { published != position -> published = position; store(WRITER, WRITTEN, position) };
		FENCE_PUBLISH;
		wake(WRITER, READER_SLEEPS)
	:: else
	fi
}

inline look_for_room()
{
	limit = (memory[READ] + SIZE) % POSITIONS
}

/* queue_wait_room, and the poll that follows when it says so. */
inline wait_room()
{
	publish();
	store(WRITER, WRITER_WAITS, 1);
	FENCE_WAIT;
	atomic {
		look_for_room();
		if
		:: ROOM < pad + space -> poll(WRITER)
		:: else -> store(WRITER, WRITER_WAITS, 0)
		fi
	}
}

inline push()
{
	if
	:: pad ->
		store(WRITER, RING + position % SIZE, PAD);
		position = (position + pad) % POSITIONS
	:: else
	fi;
	store(WRITER, RING + position % SIZE, number * 4 + space);
	if
	:: space == 2 -> store(WRITER, RING + position % SIZE + 1, number * 4 + space)
	:: else
	fi;
	position = (position + space) % POSITIONS;
	number++;
	space = 0;
	pad = 0
}

active proctype writer()
{
	byte position = START, published = START, limit = (START + SIZE) % POSITIONS, number, space, pad;
	bool up, restless;

	if
	:: restless = true
	:: skip
	fi;
	do
	:: atomic {
		number < RECORDS ->
		if
		:: space = 1
		:: space = 2
		fi;
		pad = (space > REST -> REST : 0)
		};
		do
		:: atomic { ROOM >= pad + space -> push(); break }
		:: atomic { ROOM < pad + space -> look_for_room() };
			if
			:: ROOM < pad + space -> wait_room()
			:: else
			fi
		od;
		if
		:: publish()
		:: skip
		fi
	:: else -> break
	od;
	publish()
}

inline release()
{
	if
	:: atomic { released != position -> released = position; store(READER, READ, position) };
		FENCE_RELEASE;
		wake(READER, WRITER_WAITS)
	:: else
	fi
}

/* queue_sleep, the poll, queue_wake_up. */
inline sleep()
{
	release();
	store(READER, READER_SLEEPS, 1);
	FENCE_SLEEP;
	limit = memory[WRITTEN];
	if
	:: position == limit -> poll(READER)
	:: else
	fi;
	store(READER, READER_SLEEPS, 0)
}

/* The record at `position` is the next one, and whole. In one step: had the writer gone over it too early, then it could
 * have done so before the first look as well. */
inline consume()
{
	atomic {
		if
		:: memory[RING + position % SIZE] == PAD -> position = (position + REST) % POSITIONS
		:: else
		fi;
		space = memory[RING + position % SIZE] % 4;
		assert(space == 1 || space == 2);
		assert(memory[RING + position % SIZE] == number * 4 + space);
		assert(memory[RING + position % SIZE + space - 1] == number * 4 + space);
		position = (position + space) % POSITIONS;
		number++;
		space = 0
	}
}

active proctype reader()
{
	byte position = START, released = START, limit = START, number, space;
	bool up, restless;

	if
	:: restless = true
	:: skip
	fi;
	do
	:: atomic {
		number < RECORDS ->
		if
		:: position == limit -> limit = memory[WRITTEN]
		:: else
		fi
		};
		if
		:: position == limit -> sleep()
		:: else ->
			consume();
			if
			:: release()
			:: skip
			fi
		fi
	:: else -> break
	od;
	assert(position == memory[WRITTEN])
}
