package vocab

// LineExpressions are the expressions that have tables of openings.
func LineExpressions() []*lineExpr {
	return []*lineExpr{chromeLine, divider, byLead, chapterHeading, numberedHeading, setWhen, endMarker, section, kindLine}
}

// May reports whether a line can match, by the table alone.
func (e *lineExpr) May(s string) bool { return e.may(s) }
