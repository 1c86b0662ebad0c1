package archive

import "time"

// Withdrawal says how a story is taken from view.
type Withdrawal struct {
	By        string // who asked for it; for the archivist, never shown
	Reason    string // shown to readers; "" where none is given
	KeepTitle bool   // the tombstone may name the story
}

// Tombstone is what is shown in place of a withdrawn story.
type Tombstone struct {
	ID        int64
	Title     string // "" unless it may be shown
	Reason    string
	Withdrawn time.Time
}
