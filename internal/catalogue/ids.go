package catalogue

// none is no document and no term.
const none = ^uint32(0)

// numbers finds the number that an id stands for. Ids of a database are nearly
// without gaps, so most lie in a table; those far above the rest in a map.
type numbers struct {
	table []uint32 // number + 1, 0 for none
	far   map[int64]uint32
	n     int
}

func (m *numbers) get(id int64) (uint32, bool) {
	if id >= 0 && id < int64(len(m.table)) {
		return m.table[id] - 1, m.table[id] != 0
	}
	number, ok := m.far[id]
	return number, ok
}

func (m *numbers) put(id int64, number uint32) {
	if _, ok := m.get(id); !ok {
		m.n++
	}
	if id >= int64(len(m.table)) && id < int64(4*m.n+1024) {
		m.widen(id)
	}
	if id >= 0 && id < int64(len(m.table)) {
		m.table[id] = number + 1
		return
	}
	if m.far == nil {
		m.far = map[int64]uint32{}
	}
	m.far[id] = number
}

// widen makes the table reach an id and takes over what was in the map.
func (m *numbers) widen(id int64) {
	table := make([]uint32, max(id+1, min(int64(len(m.table))*5/4, int64(4*m.n+1024))))
	copy(table, m.table)
	m.table = table
	for far, number := range m.far {
		if far >= 0 && far < int64(len(table)) {
			table[far] = number + 1
			delete(m.far, far)
		}
	}
}

func (m *numbers) remove(id int64) {
	if _, ok := m.get(id); !ok {
		return
	}
	m.n--
	if id >= 0 && id < int64(len(m.table)) {
		m.table[id] = 0
		return
	}
	delete(m.far, id)
}
