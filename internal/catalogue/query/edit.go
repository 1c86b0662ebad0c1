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
