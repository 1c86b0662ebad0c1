package archive

import (
	"errors"
	"fmt"
)

// Kind says what sort of failure an Error is, so that the edge can choose a
// status or an exit code.
type Kind string

// The kinds of error. Everything foreign is Internal.
const (
	Internal Kind = "internal"
	Invalid  Kind = "invalid"   // what was given cannot be used
	NotFound Kind = "not-found" // there is no such thing
	Gone     Kind = "gone"      // it was withdrawn; a tombstone says what may be said of it
	Conflict Kind = "conflict"  // it contradicts what is stored
	TooLarge Kind = "too-large" // it is over a limit that the message names
	Damaged  Kind = "damaged"   // what is stored is not what was stored
)

// Error is the one error type that crosses packages: a kind, a message that is
// safe to show to anybody, and the cause for the log.
type Error struct {
	Kind    Kind
	Message string
	Err     error
}

// Error returns the message with its cause.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Message
	}
	return e.Message + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error without a cause; its message must be safe to show.
func Errorf(k Kind, format string, args ...any) *Error {
	return &Error{Kind: k, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes an Error of a cause with a message safe to show.
func Wrap(k Kind, message string, err error) *Error {
	return &Error{Kind: k, Message: message, Err: err}
}

// KindOf returns the kind of the first Error in err's chain, Internal where
// there is none, and "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// MessageOf returns what of err may be shown to anybody.
func MessageOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Message
	}
	return "Something went wrong on our side."
}
