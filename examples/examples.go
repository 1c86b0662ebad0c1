// Package examples holds two small dead archives, written for this project, as
// they might have been saved from their hosts: old layouts, old encodings,
// damaged pages and all. The files lantern.md and harbour.md beside the folders
// say what is in them.
package examples

import "embed"

// Pages are the folders "lantern" and "harbour".
//
//go:embed all:lantern all:harbour
var Pages embed.FS
