package query

import "slices"

// Terms returns the conditions that must all hold, none for all stories.
func (q Query) Terms() []Node {
	switch n := normal(q.Where).(type) {
	case nil:
		return nil
	case And:
		return n
	default:
		return []Node{n}
	}
}

// Has reports whether n is one of the conditions that must all hold; for an
// And, whether all of its conditions are. Words that stand in one Text with
// others are no condition of their own.
func (q Query) Has(n Node) bool {
	wanted, have := Query{Where: n}.Terms(), q.Terms()
	for _, w := range wanted {
		if !slices.ContainsFunc(have, same(w)) {
			return false
		}
	}
	return len(wanted) > 0
}

// With returns the query with n as a further condition, without those that
// contradict it: its negation, and its other answer such as in-progress for
// complete. It returns the query as it is where it has n.
func (q Query) With(n Node) Query {
	list := slices.Clone(q.Terms())
	for _, w := range (Query{Where: n}).Terms() {
		list = slices.DeleteFunc(list, same(negated(w)))
		if is, ok := w.(Is); ok && is.What.other() != "" {
			list = slices.DeleteFunc(list, same(Is{is.What.other()}))
		}
		if !slices.ContainsFunc(list, same(w)) {
			list = append(list, w)
		}
	}
	q.Where = normal(And(list))
	return q
}

// Without returns the query without the condition n; for an And, without each
// of its conditions.
func (q Query) Without(n Node) Query {
	list := slices.Clone(q.Terms())
	for _, w := range (Query{Where: n}).Terms() {
		list = slices.DeleteFunc(list, same(w))
	}
	q.Where = normal(And(list))
	return q
}

// Sorted returns the query in another order; "" for the order that fits it.
func (q Query) Sorted(by Sort, up bool) Query {
	q.Sort, q.Up = by, up && by != ""
	return q
}

// same compares conditions in their normal form.
func same(n Node) func(Node) bool {
	key := render(n)
	return func(other Node) bool { return render(other) == key }
}

// other is the property that a story with this one cannot have, "" for none.
func (w What) other() What {
	switch w {
	case Complete:
		return InProgress
	case InProgress:
		return Complete
	case Crossover:
		return Single
	case Single:
		return Crossover
	}
	return ""
}

// Replace returns the query with a condition in the place of another, wherever
// that stands.
func (q Query) Replace(old, by Node) Query {
	q.Where = normal(replaced(normal(q.Where), same(normal(old)), by))
	return q
}

func replaced(n Node, is func(Node) bool, by Node) Node {
	if n == nil {
		return nil
	}
	if is(n) {
		return by
	}
	switch n := n.(type) {
	case And:
		list := make(And, len(n))
		for i, c := range n {
			list[i] = replaced(c, is, by)
		}
		return list
	case Or:
		list := make(Or, len(n))
		for i, c := range n {
			list[i] = replaced(c, is, by)
		}
		return list
	case Not:
		return Not{replaced(n.Node, is, by)}
	}
	return n
}

// FirstText returns the first search for words that is not excluded.
func (q Query) FirstText() (Text, bool) { return firstText(q.Where) }

func firstText(n Node) (Text, bool) {
	var parts []Node
	switch n := n.(type) {
	case Text:
		return n, true
	case And:
		parts = n
	case Or:
		parts = n
	}
	for _, part := range parts {
		if text, ok := firstText(part); ok {
			return text, true
		}
	}
	return Text{}, false
}
