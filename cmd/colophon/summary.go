package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"colophon/internal/archive"
	"colophon/internal/rescue"
)

// summarise prints what a rescue found, for the person who ran it.
func summarise(w io.Writer, r *rescue.Result, dry bool) {
	say(w, "\n%s, %s\n", count(r.Stories, "story", "stories"), count(int(r.Words), "word", "words"))
	if !dry {
		say(w, "kept: %d new, %d revised, %d unchanged, %d further copies\n", r.Kept[rescue.New], r.Kept[rescue.Revised], r.Kept[rescue.Unchanged], r.Kept[rescue.Copied])
	}
	if r.Stories > 0 {
		summariseFields(w, r)
	}
	summariseFindings(w, r)
	summariseLeft(w, r)
	for _, forms := range r.Names {
		say(w, "the same pen name? %s\n", strings.Join(forms, " = "))
	}
	for _, a := range r.Alike {
		say(w, "%s has nearly the same text as story %d, %q, kept before\n", a.Path, a.Story, a.Title)
	}
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// summariseFields prints how often each field was filled, most often first.
func summariseFields(w io.Writer, r *rescue.Result) {
	say(w, "\nfields filled:\n")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fields := slices.SortedFunc(maps.Keys(r.Filled), func(a, b archive.Field) int {
		return cmp.Or(cmp.Compare(r.Filled[b], r.Filled[a]), cmp.Compare(a, b))
	})
	for _, f := range fields {
		n := r.Filled[f]
		say(t, "  %s\t%d\t%3d%%\t%s\n", f, n, n*100/r.Stories, strings.Repeat("#", n*30/r.Stories))
	}
	_ = t.Flush() // the same writer has just taken the lines before
}

func summariseFindings(w io.Writer, r *rescue.Result) {
	if len(r.Findings) == 0 {
		return
	}
	say(w, "\nto look at:\n")
	for _, code := range slices.SortedFunc(maps.Keys(r.Findings), func(a, b string) int {
		return cmp.Or(cmp.Compare(r.Findings[b], r.Findings[a]), cmp.Compare(a, b))
	}) {
		say(w, "  %5d  %s\n", r.Findings[code], code)
	}
	for _, f := range r.Pages {
		say(w, "  %s: %s\n", f.Source, f.Message)
	}
}

// summariseLeft prints the files not read: those at fault by name, the others
// counted.
func summariseLeft(w io.Writer, r *rescue.Result) {
	if len(r.Left) == 0 {
		return
	}
	say(w, "\nfiles not read as pages:\n")
	reasons := map[string][]string{}
	for _, l := range r.Left {
		reasons[l.Reason] = append(reasons[l.Reason], l.Path)
	}
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		names := reasons[reason]
		shown := strings.Join(names[:min(len(names), 3)], ", ")
		if len(names) > 3 {
			shown += ", …"
		}
		say(w, "  %5d  %s (%s)\n", len(names), reason, shown)
	}
}
