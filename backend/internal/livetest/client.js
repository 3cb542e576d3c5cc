(function() {
	function OrderedMap(content) {
		this.content = content;
	}
	OrderedMap.prototype = {
		constructor: OrderedMap,
		find: function(key) {
			for (var i = 0; i < this.content.length; i += 2) if (this.content[i] === key) return i;
			return -1;
		},
		get: function(key) {
			var found = this.find(key);
			return found == -1 ? void 0 : this.content[found + 1];
		},
		update: function(key, value, newKey) {
			var self = newKey && newKey != key ? this.remove(newKey) : this;
			var found = self.find(key), content = self.content.slice();
			if (found == -1) content.push(newKey || key, value);
			else {
				content[found + 1] = value;
				if (newKey) content[found] = newKey;
			}
			return new OrderedMap(content);
		},
		remove: function(key) {
			var found = this.find(key);
			if (found == -1) return this;
			var content = this.content.slice();
			content.splice(found, 2);
			return new OrderedMap(content);
		},
		addToStart: function(key, value) {
			return new OrderedMap([key, value].concat(this.remove(key).content));
		},
		addToEnd: function(key, value) {
			var content = this.remove(key).content.slice();
			content.push(key, value);
			return new OrderedMap(content);
		},
		addBefore: function(place, key, value) {
			var without = this.remove(key), content = without.content.slice();
			var found = without.find(place);
			content.splice(found == -1 ? content.length : found, 0, key, value);
			return new OrderedMap(content);
		},
		forEach: function(f) {
			for (var i = 0; i < this.content.length; i += 2) f(this.content[i], this.content[i + 1]);
		},
		prepend: function(map) {
			map = OrderedMap.from(map);
			if (!map.size) return this;
			return new OrderedMap(map.content.concat(this.subtract(map).content));
		},
		append: function(map) {
			map = OrderedMap.from(map);
			if (!map.size) return this;
			return new OrderedMap(this.subtract(map).content.concat(map.content));
		},
		subtract: function(map) {
			var result = this;
			map = OrderedMap.from(map);
			for (var i = 0; i < map.content.length; i += 2) result = result.remove(map.content[i]);
			return result;
		},
		toObject: function() {
			var result = {};
			this.forEach(function(key, value) {
				result[key] = value;
			});
			return result;
		},
		get size() {
			return this.content.length >> 1;
		}
	};
	OrderedMap.from = function(value) {
		if (value instanceof OrderedMap) return value;
		var content = [];
		if (value) for (var prop in value) content.push(prop, value[prop]);
		return new OrderedMap(content);
	};
	function findDiffStart(a, b, pos) {
		for (let i = 0;; i++) {
			if (i == a.childCount || i == b.childCount) return a.childCount == b.childCount ? null : pos;
			let childA = a.child(i), childB = b.child(i);
			if (childA == childB) {
				pos += childA.nodeSize;
				continue;
			}
			if (!childA.sameMarkup(childB)) return pos;
			if (childA.isText && childA.text != childB.text) {
				let tA = childA.text, tB = childB.text, j = 0;
				for (; tA[j] == tB[j]; j++) pos++;
				if (j && j < tA.length && j < tB.length && surrogateHigh(tA.charCodeAt(j - 1)) && surrogateLow(tA.charCodeAt(j))) pos--;
				return pos;
			}
			if (childA.content.size || childB.content.size) {
				let inner = findDiffStart(childA.content, childB.content, pos + 1);
				if (inner != null) return inner;
			}
			pos += childA.nodeSize;
		}
	}
	function findDiffEnd(a, b, posA, posB) {
		for (let iA = a.childCount, iB = b.childCount;;) {
			if (iA == 0 || iB == 0) return iA == iB ? null : {
				a: posA,
				b: posB
			};
			let childA = a.child(--iA), childB = b.child(--iB), size = childA.nodeSize;
			if (childA == childB) {
				posA -= size;
				posB -= size;
				continue;
			}
			if (!childA.sameMarkup(childB)) return {
				a: posA,
				b: posB
			};
			if (childA.isText && childA.text != childB.text) {
				let tA = childA.text, tB = childB.text, iA = tA.length, iB = tB.length;
				while (iA > 0 && iB > 0 && tA[iA - 1] == tB[iB - 1]) {
					iA--;
					iB--;
					posA--;
					posB--;
				}
				if (iA && iB && iA < tA.length && surrogateHigh(tA.charCodeAt(iA - 1)) && surrogateLow(tA.charCodeAt(iA))) {
					posA++;
					posB++;
				}
				return {
					a: posA,
					b: posB
				};
			}
			if (childA.content.size || childB.content.size) {
				let inner = findDiffEnd(childA.content, childB.content, posA - 1, posB - 1);
				if (inner) return inner;
			}
			posA -= size;
			posB -= size;
		}
	}
	function surrogateLow(ch) {
		return ch >= 56320 && ch < 57344;
	}
	function surrogateHigh(ch) {
		return ch >= 55296 && ch < 56320;
	}
	var Fragment = class Fragment {
		constructor(content, size) {
			this.content = content;
			this.size = size || 0;
			if (size == null) for (let i = 0; i < content.length; i++) this.size += content[i].nodeSize;
		}
		nodesBetween(from, to, f, nodeStart = 0, parent) {
			for (let i = 0, pos = 0; pos < to; i++) {
				let child = this.content[i], end = pos + child.nodeSize;
				if (end > from && f(child, nodeStart + pos, parent || null, i) !== false && child.content.size) {
					let start = pos + 1;
					child.nodesBetween(Math.max(0, from - start), Math.min(child.content.size, to - start), f, nodeStart + start);
				}
				pos = end;
			}
		}
		descendants(f) {
			this.nodesBetween(0, this.size, f);
		}
		textBetween(from, to, blockSeparator, leafText) {
			let text = "", first = true;
			this.nodesBetween(from, to, (node, pos) => {
				let nodeText = node.isText ? node.text.slice(Math.max(from, pos) - pos, to - pos) : !node.isLeaf ? "" : leafText ? typeof leafText === "function" ? leafText(node) : leafText : node.type.spec.leafText ? node.type.spec.leafText(node) : "";
				if (node.isBlock && (node.isLeaf && nodeText || node.isTextblock) && blockSeparator) {
					if (first) first = false;
					else text += blockSeparator;
				}
				text += nodeText;
			}, 0);
			return text;
		}
		append(other) {
			if (!other.size) return this;
			if (!this.size) return other;
			let last = this.lastChild, first = other.firstChild, content = this.content.slice(), i = 0;
			if (last.isText && last.sameMarkup(first)) {
				content[content.length - 1] = last.withText(last.text + first.text);
				i = 1;
			}
			for (; i < other.content.length; i++) content.push(other.content[i]);
			return new Fragment(content, this.size + other.size);
		}
		cut(from, to = this.size) {
			if (from == 0 && to == this.size) return this;
			let result = [], size = 0;
			if (to > from) for (let i = 0, pos = 0; pos < to; i++) {
				let child = this.content[i], end = pos + child.nodeSize;
				if (end > from) {
					if (pos < from || end > to) {
						if (child.isText) child = child.cut(Math.max(0, from - pos), Math.min(child.text.length, to - pos));
						else child = child.cut(Math.max(0, from - pos - 1), Math.min(child.content.size, to - pos - 1));
					}
					result.push(child);
					size += child.nodeSize;
				}
				pos = end;
			}
			return new Fragment(result, size);
		}
		cutByIndex(from, to) {
			if (from == to) return Fragment.empty;
			if (from == 0 && to == this.content.length) return this;
			return new Fragment(this.content.slice(from, to));
		}
		replaceChild(index, node) {
			let current = this.content[index];
			if (current == node) return this;
			let copy = this.content.slice();
			let size = this.size + node.nodeSize - current.nodeSize;
			copy[index] = node;
			return new Fragment(copy, size);
		}
		addToStart(node) {
			return new Fragment([node].concat(this.content), this.size + node.nodeSize);
		}
		addToEnd(node) {
			return new Fragment(this.content.concat(node), this.size + node.nodeSize);
		}
		eq(other) {
			if (this.content.length != other.content.length) return false;
			for (let i = 0; i < this.content.length; i++) if (!this.content[i].eq(other.content[i])) return false;
			return true;
		}
		get firstChild() {
			return this.content.length ? this.content[0] : null;
		}
		get lastChild() {
			return this.content.length ? this.content[this.content.length - 1] : null;
		}
		get childCount() {
			return this.content.length;
		}
		child(index) {
			let found = this.content[index];
			if (!found) throw new RangeError("Index " + index + " out of range for " + this);
			return found;
		}
		maybeChild(index) {
			return this.content[index] || null;
		}
		forEach(f) {
			for (let i = 0, p = 0; i < this.content.length; i++) {
				let child = this.content[i];
				f(child, p, i);
				p += child.nodeSize;
			}
		}
		findDiffStart(other, pos = 0) {
			return findDiffStart(this, other, pos);
		}
		findDiffEnd(other, pos = this.size, otherPos = other.size) {
			return findDiffEnd(this, other, pos, otherPos);
		}
		findIndex(pos) {
			if (pos == 0) return retIndex(0, pos);
			if (pos == this.size) return retIndex(this.content.length, pos);
			if (pos > this.size || pos < 0) throw new RangeError(`Position ${pos} outside of fragment (${this})`);
			for (let i = 0, curPos = 0;; i++) {
				let cur = this.child(i), end = curPos + cur.nodeSize;
				if (end >= pos) {
					if (end == pos) return retIndex(i + 1, end);
					return retIndex(i, curPos);
				}
				curPos = end;
			}
		}
		toString() {
			return "<" + this.toStringInner() + ">";
		}
		toStringInner() {
			return this.content.join(", ");
		}
		toJSON() {
			return this.content.length ? this.content.map((n) => n.toJSON()) : null;
		}
		static fromJSON(schema, value) {
			if (!value) return Fragment.empty;
			if (!Array.isArray(value)) throw new RangeError("Invalid input for Fragment.fromJSON");
			return Fragment.fromArray(value.map(schema.nodeFromJSON));
		}
		static fromArray(array) {
			if (!array.length) return Fragment.empty;
			let joined, size = 0;
			for (let i = 0; i < array.length; i++) {
				let node = array[i];
				size += node.nodeSize;
				if (i && node.isText && array[i - 1].sameMarkup(node)) {
					if (!joined) joined = array.slice(0, i);
					joined[joined.length - 1] = node.withText(joined[joined.length - 1].text + node.text);
				} else if (joined) joined.push(node);
			}
			return new Fragment(joined || array, size);
		}
		static from(nodes) {
			if (!nodes) return Fragment.empty;
			if (nodes instanceof Fragment) return nodes;
			if (Array.isArray(nodes)) return this.fromArray(nodes);
			if (nodes.attrs) return new Fragment([nodes], nodes.nodeSize);
			throw new RangeError("Can not convert " + nodes + " to a Fragment" + (nodes.nodesBetween ? " (looks like multiple versions of prosemirror-model were loaded)" : ""));
		}
	};
	Fragment.empty = new Fragment([], 0);
	const found = {
		index: 0,
		offset: 0
	};
	function retIndex(index, offset) {
		found.index = index;
		found.offset = offset;
		return found;
	}
	function compareDeep(a, b) {
		if (a === b) return true;
		if (!(a && typeof a == "object") || !(b && typeof b == "object")) return false;
		let array = Array.isArray(a);
		if (Array.isArray(b) != array) return false;
		if (array) {
			if (a.length != b.length) return false;
			for (let i = 0; i < a.length; i++) if (!compareDeep(a[i], b[i])) return false;
		} else {
			for (let p in a) if (!(p in b) || !compareDeep(a[p], b[p])) return false;
			for (let p in b) if (!(p in a)) return false;
		}
		return true;
	}
	var Mark = class Mark {
		constructor(type, attrs) {
			this.type = type;
			this.attrs = attrs;
		}
		addToSet(set) {
			let copy, placed = false;
			for (let i = 0; i < set.length; i++) {
				let other = set[i];
				if (this.eq(other)) return set;
				if (this.type.excludes(other.type)) {
					if (!copy) copy = set.slice(0, i);
				} else if (other.type.excludes(this.type)) return set;
				else {
					if (!placed && other.type.rank > this.type.rank) {
						if (!copy) copy = set.slice(0, i);
						copy.push(this);
						placed = true;
					}
					if (copy) copy.push(other);
				}
			}
			if (!copy) copy = set.slice();
			if (!placed) copy.push(this);
			return copy;
		}
		removeFromSet(set) {
			for (let i = 0; i < set.length; i++) if (this.eq(set[i])) return set.slice(0, i).concat(set.slice(i + 1));
			return set;
		}
		isInSet(set) {
			for (let i = 0; i < set.length; i++) if (this.eq(set[i])) return true;
			return false;
		}
		eq(other) {
			return this == other || this.type == other.type && compareDeep(this.attrs, other.attrs);
		}
		toJSON() {
			let obj = { type: this.type.name };
			for (let _ in this.attrs) {
				obj.attrs = this.attrs;
				break;
			}
			return obj;
		}
		static fromJSON(schema, json) {
			if (!json) throw new RangeError("Invalid input for Mark.fromJSON");
			let type = schema.marks[json.type];
			if (!type) throw new RangeError(`There is no mark type ${json.type} in this schema`);
			return type.create(json.attrs);
		}
		static sameSet(a, b) {
			if (a == b) return true;
			if (a.length != b.length) return false;
			for (let i = 0; i < a.length; i++) if (!a[i].eq(b[i])) return false;
			return true;
		}
		static setFrom(marks) {
			if (!marks || Array.isArray(marks) && marks.length == 0) return Mark.none;
			if (marks instanceof Mark) return [marks];
			let copy = marks.slice();
			copy.sort((a, b) => a.type.rank - b.type.rank);
			return copy;
		}
	};
	Mark.none = [];
	var ReplaceError = class extends Error {};
	var Slice = class Slice {
		constructor(content, openStart, openEnd) {
			this.content = content;
			this.openStart = openStart;
			this.openEnd = openEnd;
		}
		get size() {
			return this.content.size - this.openStart - this.openEnd;
		}
		insertAt(pos, fragment) {
			let content = insertInto(this.content, pos + this.openStart, fragment, this.openStart + 1, this.openEnd + 1);
			return content && new Slice(content, this.openStart, this.openEnd);
		}
		removeBetween(from, to) {
			return new Slice(removeRange(this.content, from + this.openStart, to + this.openStart), this.openStart, this.openEnd);
		}
		eq(other) {
			return this.content.eq(other.content) && this.openStart == other.openStart && this.openEnd == other.openEnd;
		}
		toString() {
			return this.content + "(" + this.openStart + "," + this.openEnd + ")";
		}
		toJSON() {
			if (!this.content.size) return null;
			let json = { content: this.content.toJSON() };
			if (this.openStart > 0) json.openStart = this.openStart;
			if (this.openEnd > 0) json.openEnd = this.openEnd;
			return json;
		}
		static fromJSON(schema, json) {
			if (!json) return Slice.empty;
			let openStart = json.openStart || 0, openEnd = json.openEnd || 0;
			if (typeof openStart != "number" || typeof openEnd != "number") throw new RangeError("Invalid input for Slice.fromJSON");
			return new Slice(Fragment.fromJSON(schema, json.content), openStart, openEnd);
		}
		static maxOpen(fragment, openIsolating = true) {
			let openStart = 0, openEnd = 0;
			for (let n = fragment.firstChild; n && !n.isLeaf && (openIsolating || !n.type.spec.isolating); n = n.firstChild) openStart++;
			for (let n = fragment.lastChild; n && !n.isLeaf && (openIsolating || !n.type.spec.isolating); n = n.lastChild) openEnd++;
			return new Slice(fragment, openStart, openEnd);
		}
	};
	Slice.empty = new Slice(Fragment.empty, 0, 0);
	function removeRange(content, from, to) {
		let { index, offset } = content.findIndex(from), child = content.maybeChild(index);
		let { index: indexTo, offset: offsetTo } = content.findIndex(to);
		if (offset == from || child.isText) {
			if (offsetTo != to && !content.child(indexTo).isText) throw new RangeError("Removing non-flat range");
			return content.cut(0, from).append(content.cut(to));
		}
		if (index != indexTo) throw new RangeError("Removing non-flat range");
		return content.replaceChild(index, child.copy(removeRange(child.content, from - offset - 1, to - offset - 1)));
	}
	function insertInto(content, dist, insert, openStart, openEnd, parent) {
		let { index, offset } = content.findIndex(dist), child = content.maybeChild(index);
		if (offset == dist || child.isText) {
			if (parent && openStart <= 0 && openEnd <= 0 && !parent.canReplace(index, index, insert)) return null;
			return content.cut(0, dist).append(insert).append(content.cut(dist));
		}
		let inner = insertInto(child.content, dist - offset - 1, insert, index == 0 ? openStart - 1 : 0, index == content.childCount - 1 ? openEnd - 1 : 0, child);
		return inner && content.replaceChild(index, child.copy(inner));
	}
	function replace($from, $to, slice) {
		if (slice.openStart > $from.depth) throw new ReplaceError("Inserted content deeper than insertion position");
		if ($from.depth - slice.openStart != $to.depth - slice.openEnd) throw new ReplaceError("Inconsistent open depths");
		return replaceOuter($from, $to, slice, 0);
	}
	function replaceOuter($from, $to, slice, depth) {
		let index = $from.index(depth), node = $from.node(depth);
		if (index == $to.index(depth) && depth < $from.depth - slice.openStart) {
			let inner = replaceOuter($from, $to, slice, depth + 1);
			return node.copy(node.content.replaceChild(index, inner));
		} else if (!slice.content.size) return close(node, replaceTwoWay($from, $to, depth));
		else if (!slice.openStart && !slice.openEnd && $from.depth == depth && $to.depth == depth) {
			let parent = $from.parent, content = parent.content;
			return close(parent, content.cut(0, $from.parentOffset).append(slice.content).append(content.cut($to.parentOffset)));
		} else {
			let { start, end } = prepareSliceForReplace(slice, $from);
			return close(node, replaceThreeWay($from, start, end, $to, depth));
		}
	}
	function checkJoin(main, sub) {
		if (!sub.type.compatibleContent(main.type)) throw new ReplaceError("Cannot join " + sub.type.name + " onto " + main.type.name);
	}
	function joinable$1($before, $after, depth) {
		let node = $before.node(depth);
		checkJoin(node, $after.node(depth));
		return node;
	}
	function addNode(child, target) {
		let last = target.length - 1;
		if (last >= 0 && child.isText && child.sameMarkup(target[last])) target[last] = child.withText(target[last].text + child.text);
		else target.push(child);
	}
	function addRange($start, $end, depth, target) {
		let node = ($end || $start).node(depth);
		let startIndex = 0, endIndex = $end ? $end.index(depth) : node.childCount;
		if ($start) {
			startIndex = $start.index(depth);
			if ($start.depth > depth) startIndex++;
			else if ($start.textOffset) {
				addNode($start.nodeAfter, target);
				startIndex++;
			}
		}
		for (let i = startIndex; i < endIndex; i++) addNode(node.child(i), target);
		if ($end && $end.depth == depth && $end.textOffset) addNode($end.nodeBefore, target);
	}
	function close(node, content) {
		if (!node.type.validContent(content)) throw new ReplaceError("Invalid content for node " + node.type.name);
		return node.copy(content);
	}
	function replaceThreeWay($from, $start, $end, $to, depth) {
		let openStart = $from.depth > depth && joinable$1($from, $start, depth + 1);
		let openEnd = $to.depth > depth && joinable$1($end, $to, depth + 1);
		let content = [];
		addRange(null, $from, depth, content);
		if (openStart && openEnd && $start.index(depth) == $end.index(depth)) {
			checkJoin(openStart, openEnd);
			addNode(close(openStart, replaceThreeWay($from, $start, $end, $to, depth + 1)), content);
		} else {
			if (openStart) addNode(close(openStart, replaceTwoWay($from, $start, depth + 1)), content);
			addRange($start, $end, depth, content);
			if (openEnd) addNode(close(openEnd, replaceTwoWay($end, $to, depth + 1)), content);
		}
		addRange($to, null, depth, content);
		return new Fragment(content);
	}
	function replaceTwoWay($from, $to, depth) {
		let content = [];
		addRange(null, $from, depth, content);
		if ($from.depth > depth) addNode(close(joinable$1($from, $to, depth + 1), replaceTwoWay($from, $to, depth + 1)), content);
		addRange($to, null, depth, content);
		return new Fragment(content);
	}
	function prepareSliceForReplace(slice, $along) {
		let extra = $along.depth - slice.openStart;
		let node = $along.node(extra).copy(slice.content);
		for (let i = extra - 1; i >= 0; i--) node = $along.node(i).copy(Fragment.from(node));
		return {
			start: node.resolveNoCache(slice.openStart + extra),
			end: node.resolveNoCache(node.content.size - slice.openEnd - extra)
		};
	}
	var ResolvedPos = class ResolvedPos {
		constructor(pos, path, parentOffset) {
			this.pos = pos;
			this.path = path;
			this.parentOffset = parentOffset;
			this.depth = path.length / 3 - 1;
		}
		resolveDepth(val) {
			if (val == null) return this.depth;
			if (val < 0) return this.depth + val;
			return val;
		}
		get parent() {
			return this.node(this.depth);
		}
		get doc() {
			return this.node(0);
		}
		node(depth) {
			return this.path[this.resolveDepth(depth) * 3];
		}
		index(depth) {
			return this.path[this.resolveDepth(depth) * 3 + 1];
		}
		indexAfter(depth) {
			depth = this.resolveDepth(depth);
			return this.index(depth) + (depth == this.depth && !this.textOffset ? 0 : 1);
		}
		start(depth) {
			depth = this.resolveDepth(depth);
			return depth == 0 ? 0 : this.path[depth * 3 - 1] + 1;
		}
		end(depth) {
			depth = this.resolveDepth(depth);
			return this.start(depth) + this.node(depth).content.size;
		}
		before(depth) {
			depth = this.resolveDepth(depth);
			if (!depth) throw new RangeError("There is no position before the top-level node");
			return depth == this.depth + 1 ? this.pos : this.path[depth * 3 - 1];
		}
		after(depth) {
			depth = this.resolveDepth(depth);
			if (!depth) throw new RangeError("There is no position after the top-level node");
			return depth == this.depth + 1 ? this.pos : this.path[depth * 3 - 1] + this.path[depth * 3].nodeSize;
		}
		get textOffset() {
			return this.pos - this.path[this.path.length - 1];
		}
		get nodeAfter() {
			let parent = this.parent, index = this.index(this.depth);
			if (index == parent.childCount) return null;
			let dOff = this.pos - this.path[this.path.length - 1], child = parent.child(index);
			return dOff ? parent.child(index).cut(dOff) : child;
		}
		get nodeBefore() {
			let index = this.index(this.depth);
			let dOff = this.pos - this.path[this.path.length - 1];
			if (dOff) return this.parent.child(index).cut(0, dOff);
			return index == 0 ? null : this.parent.child(index - 1);
		}
		posAtIndex(index, depth) {
			depth = this.resolveDepth(depth);
			let node = this.path[depth * 3], pos = depth == 0 ? 0 : this.path[depth * 3 - 1] + 1;
			for (let i = 0; i < index; i++) pos += node.child(i).nodeSize;
			return pos;
		}
		marks() {
			let parent = this.parent, index = this.index();
			if (parent.content.size == 0) return Mark.none;
			if (this.textOffset) return parent.child(index).marks;
			let main = parent.maybeChild(index - 1), other = parent.maybeChild(index);
			if (!main) {
				let tmp = main;
				main = other;
				other = tmp;
			}
			let marks = main.marks;
			for (var i = 0; i < marks.length; i++) if (marks[i].type.spec.inclusive === false && (!other || !marks[i].isInSet(other.marks))) marks = marks[i--].removeFromSet(marks);
			return marks;
		}
		marksAcross($end) {
			let after = this.parent.maybeChild(this.index());
			if (!after || !after.isInline) return null;
			let marks = after.marks, next = $end.parent.maybeChild($end.index());
			for (var i = 0; i < marks.length; i++) if (marks[i].type.spec.inclusive === false && (!next || !marks[i].isInSet(next.marks))) marks = marks[i--].removeFromSet(marks);
			return marks;
		}
		sharedDepth(pos) {
			for (let depth = this.depth; depth > 0; depth--) if (this.start(depth) <= pos && this.end(depth) >= pos) return depth;
			return 0;
		}
		blockRange(other = this, pred) {
			if (other.pos < this.pos) return other.blockRange(this);
			for (let d = this.depth - (this.parent.inlineContent || this.pos == other.pos ? 1 : 0); d >= 0; d--) if (other.pos <= this.end(d) && (!pred || pred(this.node(d)))) return new NodeRange(this, other, d);
			return null;
		}
		sameParent(other) {
			return this.pos - this.parentOffset == other.pos - other.parentOffset;
		}
		max(other) {
			return other.pos > this.pos ? other : this;
		}
		min(other) {
			return other.pos < this.pos ? other : this;
		}
		toString() {
			let str = "";
			for (let i = 1; i <= this.depth; i++) str += (str ? "/" : "") + this.node(i).type.name + "_" + this.index(i - 1);
			return str + ":" + this.parentOffset;
		}
		static resolve(doc, pos) {
			if (!(pos >= 0 && pos <= doc.content.size)) throw new RangeError("Position " + pos + " out of range");
			let path = [];
			let start = 0, parentOffset = pos;
			for (let node = doc;;) {
				let { index, offset } = node.content.findIndex(parentOffset);
				let rem = parentOffset - offset;
				path.push(node, index, start + offset);
				if (!rem) break;
				node = node.child(index);
				if (node.isText) break;
				parentOffset = rem - 1;
				start += offset + 1;
			}
			return new ResolvedPos(pos, path, parentOffset);
		}
		static resolveCached(doc, pos) {
			let cache = resolveCache.get(doc);
			if (cache) for (let i = 0; i < cache.elts.length; i++) {
				let elt = cache.elts[i];
				if (elt.pos == pos) return elt;
			}
			else resolveCache.set(doc, cache = new ResolveCache());
			let result = cache.elts[cache.i] = ResolvedPos.resolve(doc, pos);
			cache.i = (cache.i + 1) % resolveCacheSize;
			return result;
		}
	};
	var ResolveCache = class {
		constructor() {
			this.elts = [];
			this.i = 0;
		}
	};
	const resolveCacheSize = 12;
	const resolveCache = { get: (doc) => doc.resolved, set: (doc, cache) => { doc.resolved = cache } };
	var NodeRange = class {
		constructor($from, $to, depth) {
			this.$from = $from;
			this.$to = $to;
			this.depth = depth;
		}
		get start() {
			return this.$from.before(this.depth + 1);
		}
		get end() {
			return this.$to.after(this.depth + 1);
		}
		get parent() {
			return this.$from.node(this.depth);
		}
		get startIndex() {
			return this.$from.index(this.depth);
		}
		get endIndex() {
			return this.$to.indexAfter(this.depth);
		}
	};
	const emptyAttrs = Object.create(null);
	var Node = class Node {
		constructor(type, attrs, content, marks = Mark.none) {
			this.type = type;
			this.attrs = attrs;
			this.marks = marks;
			this.content = content || Fragment.empty;
		}
		get children() {
			return this.content.content;
		}
		get nodeSize() {
			return this.isLeaf ? 1 : 2 + this.content.size;
		}
		get childCount() {
			return this.content.childCount;
		}
		child(index) {
			return this.content.child(index);
		}
		maybeChild(index) {
			return this.content.maybeChild(index);
		}
		forEach(f) {
			this.content.forEach(f);
		}
		nodesBetween(from, to, f, startPos = 0) {
			this.content.nodesBetween(from, to, f, startPos, this);
		}
		descendants(f) {
			this.nodesBetween(0, this.content.size, f);
		}
		get textContent() {
			return this.isLeaf && this.type.spec.leafText ? this.type.spec.leafText(this) : this.textBetween(0, this.content.size, "");
		}
		textBetween(from, to, blockSeparator, leafText) {
			return this.content.textBetween(from, to, blockSeparator, leafText);
		}
		get firstChild() {
			return this.content.firstChild;
		}
		get lastChild() {
			return this.content.lastChild;
		}
		eq(other) {
			return this == other || this.sameMarkup(other) && this.content.eq(other.content);
		}
		sameMarkup(other) {
			return this.hasMarkup(other.type, other.attrs, other.marks);
		}
		hasMarkup(type, attrs, marks) {
			return this.type == type && compareDeep(this.attrs, attrs || type.defaultAttrs || emptyAttrs) && Mark.sameSet(this.marks, marks || Mark.none);
		}
		copy(content = null) {
			if (content == this.content) return this;
			return new Node(this.type, this.attrs, content, this.marks);
		}
		mark(marks) {
			return marks == this.marks ? this : new Node(this.type, this.attrs, this.content, marks);
		}
		cut(from, to = this.content.size) {
			if (from == 0 && to == this.content.size) return this;
			return this.copy(this.content.cut(from, to));
		}
		slice(from, to = this.content.size, includeParents = false) {
			if (from == to) return Slice.empty;
			let $from = this.resolve(from), $to = this.resolve(to);
			let depth = includeParents ? 0 : $from.sharedDepth(to);
			let start = $from.start(depth);
			return new Slice($from.node(depth).content.cut($from.pos - start, $to.pos - start), $from.depth - depth, $to.depth - depth);
		}
		replace(from, to, slice) {
			return replace(this.resolve(from), this.resolve(to), slice);
		}
		nodeAt(pos) {
			for (let node = this;;) {
				let { index, offset } = node.content.findIndex(pos);
				node = node.maybeChild(index);
				if (!node) return null;
				if (offset == pos || node.isText) return node;
				pos -= offset + 1;
			}
		}
		childAfter(pos) {
			let { index, offset } = this.content.findIndex(pos);
			return {
				node: this.content.maybeChild(index),
				index,
				offset
			};
		}
		childBefore(pos) {
			if (pos == 0) return {
				node: null,
				index: 0,
				offset: 0
			};
			let { index, offset } = this.content.findIndex(pos);
			if (offset < pos) return {
				node: this.content.child(index),
				index,
				offset
			};
			let node = this.content.child(index - 1);
			return {
				node,
				index: index - 1,
				offset: offset - node.nodeSize
			};
		}
		resolve(pos) {
			return ResolvedPos.resolveCached(this, pos);
		}
		resolveNoCache(pos) {
			return ResolvedPos.resolve(this, pos);
		}
		rangeHasMark(from, to, type) {
			let found = false;
			if (to > from) this.nodesBetween(from, to, (node) => {
				if (type.isInSet(node.marks)) found = true;
				return !found;
			});
			return found;
		}
		get isBlock() {
			return this.type.isBlock;
		}
		get isTextblock() {
			return this.type.isTextblock;
		}
		get inlineContent() {
			return this.type.inlineContent;
		}
		get isInline() {
			return this.type.isInline;
		}
		get isText() {
			return this.type.isText;
		}
		get isLeaf() {
			return this.type.isLeaf;
		}
		get isAtom() {
			return this.type.isAtom;
		}
		toString() {
			if (this.type.spec.toDebugString) return this.type.spec.toDebugString(this);
			let name = this.type.name;
			if (this.content.size) name += "(" + this.content.toStringInner() + ")";
			return wrapMarks(this.marks, name);
		}
		contentMatchAt(index) {
			let match = this.type.contentMatch.matchFragment(this.content, 0, index);
			if (!match) throw new Error("Called contentMatchAt on a node with invalid content");
			return match;
		}
		canReplace(from, to, replacement = Fragment.empty, start = 0, end = replacement.childCount) {
			let one = this.contentMatchAt(from).matchFragment(replacement, start, end);
			let two = one && one.matchFragment(this.content, to);
			if (!two || !two.validEnd) return false;
			for (let i = start; i < end; i++) if (!this.type.allowsMarks(replacement.child(i).marks)) return false;
			return true;
		}
		canReplaceWith(from, to, type, marks) {
			if (marks && !this.type.allowsMarks(marks)) return false;
			let start = this.contentMatchAt(from).matchType(type);
			let end = start && start.matchFragment(this.content, to);
			return end ? end.validEnd : false;
		}
		canAppend(other) {
			if (other.content.size) return this.canReplace(this.childCount, this.childCount, other.content);
			else return this.type.compatibleContent(other.type);
		}
		check() {
			this.type.checkContent(this.content);
			checkAttrs(this.type.attrs, this.attrs, "node", this.type.name);
			let copy = Mark.none;
			for (let i = 0; i < this.marks.length; i++) {
				let mark = this.marks[i];
				checkAttrs(mark.type.attrs, mark.attrs, "mark", mark.type.name);
				copy = mark.addToSet(copy);
			}
			if (!Mark.sameSet(copy, this.marks)) throw new RangeError(`Invalid collection of marks for node ${this.type.name}: ${this.marks.map((m) => m.type.name)}`);
			this.content.forEach((node) => node.check());
		}
		toJSON() {
			let obj = { type: this.type.name };
			for (let _ in this.attrs) {
				obj.attrs = this.attrs;
				break;
			}
			if (this.content.size) obj.content = this.content.toJSON();
			if (this.marks.length) obj.marks = this.marks.map((n) => n.toJSON());
			return obj;
		}
		static fromJSON(schema, json) {
			if (!json) throw new RangeError("Invalid input for Node.fromJSON");
			let marks = void 0;
			if (json.marks) {
				if (!Array.isArray(json.marks)) throw new RangeError("Invalid mark data for Node.fromJSON");
				marks = json.marks.map(schema.markFromJSON);
			}
			if (json.type == "text") {
				if (typeof json.text != "string") throw new RangeError("Invalid text node in JSON");
				return schema.text(json.text, marks);
			}
			let content = Fragment.fromJSON(schema, json.content);
			return schema.nodeType(json.type).create(json.attrs, content, marks);
		}
	};
	Node.prototype.text = void 0;
	const v8InternHack = (() => {
		let { stack } = new Error("/");
		if (!stack || !/\n\s*at\s/.test(stack)) return (s) => s;
		let obj = Object.create(null);
		return (s) => {
			obj[s];
			return s;
		};
	})();
	var TextNode = class TextNode extends Node {
		constructor(type, attrs, content, marks) {
			super(type, attrs, null, marks);
			if (!content) throw new RangeError("Empty text nodes are not allowed");
			this.text = content;
		}
		toString() {
			if (this.type.spec.toDebugString) return this.type.spec.toDebugString(this);
			return wrapMarks(this.marks, JSON.stringify(this.text));
		}
		get textContent() {
			return this.text;
		}
		textBetween(from, to) {
			return v8InternHack(this.text.slice(from, to));
		}
		get nodeSize() {
			return this.text.length;
		}
		mark(marks) {
			return marks == this.marks ? this : new TextNode(this.type, this.attrs, this.text, marks);
		}
		withText(text) {
			if (text == this.text) return this;
			return new TextNode(this.type, this.attrs, text, this.marks);
		}
		cut(from = 0, to = this.text.length) {
			if (from == 0 && to == this.text.length) return this;
			return this.withText(v8InternHack(this.text.slice(from, to)));
		}
		eq(other) {
			return this.sameMarkup(other) && this.text == other.text;
		}
		toJSON() {
			let base = super.toJSON();
			base.text = this.text;
			return base;
		}
	};
	function wrapMarks(marks, str) {
		for (let i = marks.length - 1; i >= 0; i--) str = marks[i].type.name + "(" + str + ")";
		return str;
	}
	function checkAttrs(attrs, values, type, name) {
		for (let attr in values) if (!(attr in attrs)) throw new RangeError(`Unsupported attribute ${attr} for ${type} of type ${name}`);
		for (let attr in attrs) if (attrs[attr].validate) attrs[attr].validate(values[attr]);
	}
	var ContentMatch = class ContentMatch {
		constructor(validEnd) {
			this.validEnd = validEnd;
			this.next = [];
			this.wrapCache = [];
		}
		static parse(string, nodeTypes) {
			let stream = new TokenStream(string, nodeTypes);
			if (stream.next == null) return ContentMatch.empty;
			let expr = parseExpr(stream);
			if (stream.next) stream.err("Unexpected trailing text");
			let match = dfa(nfa(expr));
			checkForDeadEnds(match, stream);
			return match;
		}
		matchType(type) {
			for (let i = 0; i < this.next.length; i++) if (this.next[i].type == type) return this.next[i].next;
			return null;
		}
		matchFragment(frag, start = 0, end = frag.childCount) {
			let cur = this;
			for (let i = start; cur && i < end; i++) cur = cur.matchType(frag.child(i).type);
			return cur;
		}
		get inlineContent() {
			return this.next.length != 0 && this.next[0].type.isInline;
		}
		get defaultType() {
			for (let i = 0; i < this.next.length; i++) {
				let { type } = this.next[i];
				if (!(type.isText || type.hasRequiredAttrs())) return type;
			}
			return null;
		}
		compatible(other) {
			for (let i = 0; i < this.next.length; i++) for (let j = 0; j < other.next.length; j++) if (this.next[i].type == other.next[j].type) return true;
			return false;
		}
		fillBefore(after, toEnd = false, startIndex = 0) {
			let seen = [this];
			function search(match, types) {
				let finished = match.matchFragment(after, startIndex);
				if (finished && (!toEnd || finished.validEnd)) return Fragment.from(types.map((tp) => tp.createAndFill()));
				for (let i = 0; i < match.next.length; i++) {
					let { type, next } = match.next[i];
					if (!(type.isText || type.hasRequiredAttrs()) && seen.indexOf(next) == -1) {
						seen.push(next);
						let found = search(next, types.concat(type));
						if (found) return found;
					}
				}
				return null;
			}
			return search(this, []);
		}
		findWrapping(target) {
			for (let i = 0; i < this.wrapCache.length; i += 2) if (this.wrapCache[i] == target) return this.wrapCache[i + 1];
			let computed = this.computeWrapping(target);
			this.wrapCache.push(target, computed);
			return computed;
		}
		computeWrapping(target) {
			let seen = Object.create(null), active = [{
				match: this,
				type: null,
				via: null
			}];
			while (active.length) {
				let current = active.shift(), match = current.match;
				if (match.matchType(target)) {
					let result = [];
					for (let obj = current; obj.type; obj = obj.via) result.push(obj.type);
					return result.reverse();
				}
				for (let i = 0; i < match.next.length; i++) {
					let { type, next } = match.next[i];
					if (!type.isLeaf && !type.hasRequiredAttrs() && !(type.name in seen) && (!current.type || next.validEnd)) {
						active.push({
							match: type.contentMatch,
							type,
							via: current
						});
						seen[type.name] = true;
					}
				}
			}
			return null;
		}
		get edgeCount() {
			return this.next.length;
		}
		edge(n) {
			if (n >= this.next.length) throw new RangeError(`There's no ${n}th edge in this content match`);
			return this.next[n];
		}
		toString() {
			let seen = [];
			function scan(m) {
				seen.push(m);
				for (let i = 0; i < m.next.length; i++) if (seen.indexOf(m.next[i].next) == -1) scan(m.next[i].next);
			}
			scan(this);
			return seen.map((m, i) => {
				let out = i + (m.validEnd ? "*" : " ") + " ";
				for (let i = 0; i < m.next.length; i++) out += (i ? ", " : "") + m.next[i].type.name + "->" + seen.indexOf(m.next[i].next);
				return out;
			}).join("\n");
		}
	};
	ContentMatch.empty = new ContentMatch(true);
	var TokenStream = class {
		constructor(string, nodeTypes) {
			this.string = string;
			this.nodeTypes = nodeTypes;
			this.inline = null;
			this.pos = 0;
			this.tokens = string.match(/\w+|[^\w\s]/g) || [];
			if (this.tokens[this.tokens.length - 1] == "") this.tokens.pop();
			if (this.tokens[0] == "") this.tokens.shift();
		}
		get next() {
			return this.tokens[this.pos];
		}
		eat(tok) {
			return this.next == tok && (this.pos++ || true);
		}
		err(str) {
			throw new SyntaxError(str + " (in content expression '" + this.string + "')");
		}
	};
	function parseExpr(stream) {
		let exprs = [];
		do
			exprs.push(parseExprSeq(stream));
		while (stream.eat("|"));
		return exprs.length == 1 ? exprs[0] : {
			type: "choice",
			exprs
		};
	}
	function parseExprSeq(stream) {
		let exprs = [];
		do
			exprs.push(parseExprSubscript(stream));
		while (stream.next && stream.next != ")" && stream.next != "|");
		return exprs.length == 1 ? exprs[0] : {
			type: "seq",
			exprs
		};
	}
	function parseExprSubscript(stream) {
		let expr = parseExprAtom(stream);
		for (;;) if (stream.eat("+")) expr = {
			type: "plus",
			expr
		};
		else if (stream.eat("*")) expr = {
			type: "star",
			expr
		};
		else if (stream.eat("?")) expr = {
			type: "opt",
			expr
		};
		else if (stream.eat("{")) expr = parseExprRange(stream, expr);
		else break;
		return expr;
	}
	function parseNum(stream) {
		if (/\D/.test(stream.next)) stream.err("Expected number, got '" + stream.next + "'");
		let result = Number(stream.next);
		stream.pos++;
		return result;
	}
	function parseExprRange(stream, expr) {
		let min = parseNum(stream), max = min;
		if (stream.eat(",")) {
			if (stream.next != "}") max = parseNum(stream);
			else max = -1;
		}
		if (!stream.eat("}")) stream.err("Unclosed braced range");
		return {
			type: "range",
			min,
			max,
			expr
		};
	}
	function resolveName(stream, name) {
		let types = stream.nodeTypes, type = types[name];
		if (type) return [type];
		let result = [];
		for (let typeName in types) {
			let type = types[typeName];
			if (type.isInGroup(name)) result.push(type);
		}
		if (result.length == 0) stream.err("No node type or group '" + name + "' found");
		return result;
	}
	function parseExprAtom(stream) {
		if (stream.eat("(")) {
			let expr = parseExpr(stream);
			if (!stream.eat(")")) stream.err("Missing closing paren");
			return expr;
		} else if (!/\W/.test(stream.next)) {
			let exprs = resolveName(stream, stream.next).map((type) => {
				if (stream.inline == null) stream.inline = type.isInline;
				else if (stream.inline != type.isInline) stream.err("Mixing inline and block content");
				return {
					type: "name",
					value: type
				};
			});
			stream.pos++;
			return exprs.length == 1 ? exprs[0] : {
				type: "choice",
				exprs
			};
		} else stream.err("Unexpected token '" + stream.next + "'");
	}
	function nfa(expr) {
		let nfa = [[]];
		connect(compile(expr, 0), node());
		return nfa;
		function node() {
			return nfa.push([]) - 1;
		}
		function edge(from, to, term) {
			let edge = {
				term,
				to
			};
			nfa[from].push(edge);
			return edge;
		}
		function connect(edges, to) {
			edges.forEach((edge) => edge.to = to);
		}
		function compile(expr, from) {
			if (expr.type == "choice") return expr.exprs.reduce((out, expr) => out.concat(compile(expr, from)), []);
			else if (expr.type == "seq") for (let i = 0;; i++) {
				let next = compile(expr.exprs[i], from);
				if (i == expr.exprs.length - 1) return next;
				connect(next, from = node());
			}
			else if (expr.type == "star") {
				let loop = node();
				edge(from, loop);
				connect(compile(expr.expr, loop), loop);
				return [edge(loop)];
			} else if (expr.type == "plus") {
				let loop = node();
				connect(compile(expr.expr, from), loop);
				connect(compile(expr.expr, loop), loop);
				return [edge(loop)];
			} else if (expr.type == "opt") return [edge(from)].concat(compile(expr.expr, from));
			else if (expr.type == "range") {
				let cur = from;
				for (let i = 0; i < expr.min; i++) {
					let next = node();
					connect(compile(expr.expr, cur), next);
					cur = next;
				}
				if (expr.max == -1) connect(compile(expr.expr, cur), cur);
				else for (let i = expr.min; i < expr.max; i++) {
					let next = node();
					edge(cur, next);
					connect(compile(expr.expr, cur), next);
					cur = next;
				}
				return [edge(cur)];
			} else if (expr.type == "name") return [edge(from, void 0, expr.value)];
			else throw new Error("Unknown expr type");
		}
	}
	function cmp(a, b) {
		return b - a;
	}
	function nullFrom(nfa, node) {
		let result = [];
		scan(node);
		return result.sort(cmp);
		function scan(node) {
			let edges = nfa[node];
			if (edges.length == 1 && !edges[0].term) return scan(edges[0].to);
			result.push(node);
			for (let i = 0; i < edges.length; i++) {
				let { term, to } = edges[i];
				if (!term && result.indexOf(to) == -1) scan(to);
			}
		}
	}
	function dfa(nfa) {
		let labeled = Object.create(null);
		return explore(nullFrom(nfa, 0));
		function explore(states) {
			let out = [];
			states.forEach((node) => {
				nfa[node].forEach(({ term, to }) => {
					if (!term) return;
					let set;
					for (let i = 0; i < out.length; i++) if (out[i][0] == term) set = out[i][1];
					nullFrom(nfa, to).forEach((node) => {
						if (!set) out.push([term, set = []]);
						if (set.indexOf(node) == -1) set.push(node);
					});
				});
			});
			let state = labeled[states.join(",")] = new ContentMatch(states.indexOf(nfa.length - 1) > -1);
			for (let i = 0; i < out.length; i++) {
				let states = out[i][1].sort(cmp);
				state.next.push({
					type: out[i][0],
					next: labeled[states.join(",")] || explore(states)
				});
			}
			return state;
		}
	}
	function checkForDeadEnds(match, stream) {
		for (let i = 0, work = [match]; i < work.length; i++) {
			let state = work[i], dead = !state.validEnd, nodes = [];
			for (let j = 0; j < state.next.length; j++) {
				let { type, next } = state.next[j];
				nodes.push(type.name);
				if (dead && !(type.isText || type.hasRequiredAttrs())) dead = false;
				if (work.indexOf(next) == -1) work.push(next);
			}
			if (dead) stream.err("Only non-generatable nodes (" + nodes.join(", ") + ") in a required position (see https://prosemirror.net/docs/guide/#generatable)");
		}
	}
	function defaultAttrs(attrs) {
		let defaults = Object.create(null);
		for (let attrName in attrs) {
			let attr = attrs[attrName];
			if (!attr.hasDefault) return null;
			defaults[attrName] = attr.default;
		}
		return defaults;
	}
	function computeAttrs(attrs, value) {
		let built = Object.create(null);
		for (let name in attrs) {
			let attr = attrs[name];
			let given = value && value[name];
			if (given === void 0) {
				if (attr.hasDefault) given = attr.default;
				else throw new RangeError("No value supplied for attribute " + name);
			} else if (attr.validate) attr.validate(given);
			built[name] = given;
		}
		return built;
	}
	function initAttrs(typeName, attrs) {
		let result = Object.create(null);
		if (attrs) for (let name in attrs) result[name] = new Attribute(typeName, name, attrs[name]);
		return result;
	}
	var NodeType = class NodeType {
		constructor(name, schema, spec) {
			this.name = name;
			this.schema = schema;
			this.spec = spec;
			this.markSet = null;
			this.groups = spec.group ? spec.group.split(" ") : [];
			this.attrs = initAttrs(name, spec.attrs);
			this.defaultAttrs = defaultAttrs(this.attrs);
			this.contentMatch = null;
			this.inlineContent = null;
			this.isBlock = !(spec.inline || name == "text");
			this.isText = name == "text";
		}
		get isInline() {
			return !this.isBlock;
		}
		get isTextblock() {
			return this.isBlock && this.inlineContent;
		}
		get isLeaf() {
			return this.contentMatch == ContentMatch.empty;
		}
		get isAtom() {
			return this.isLeaf || !!this.spec.atom;
		}
		isInGroup(group) {
			return this.groups.indexOf(group) > -1;
		}
		get whitespace() {
			return this.spec.whitespace || (this.spec.code ? "pre" : "normal");
		}
		hasRequiredAttrs() {
			for (let n in this.attrs) if (this.attrs[n].isRequired) return true;
			return false;
		}
		compatibleContent(other) {
			return this == other || this.contentMatch.compatible(other.contentMatch);
		}
		computeAttrs(attrs) {
			if (!attrs && this.defaultAttrs) return this.defaultAttrs;
			else return computeAttrs(this.attrs, attrs);
		}
		create(attrs = null, content, marks) {
			if (this.isText) throw new Error("NodeType.create can't construct text nodes");
			return new Node(this, this.computeAttrs(attrs), Fragment.from(content), Mark.setFrom(marks));
		}
		createChecked(attrs = null, content, marks) {
			content = Fragment.from(content);
			this.checkContent(content);
			return new Node(this, this.computeAttrs(attrs), content, Mark.setFrom(marks));
		}
		createAndFill(attrs = null, content, marks) {
			attrs = this.computeAttrs(attrs);
			content = Fragment.from(content);
			if (content.size) {
				let before = this.contentMatch.fillBefore(content);
				if (!before) return null;
				content = before.append(content);
			}
			let matched = this.contentMatch.matchFragment(content);
			let after = matched && matched.fillBefore(Fragment.empty, true);
			if (!after) return null;
			return new Node(this, attrs, content.append(after), Mark.setFrom(marks));
		}
		validContent(content) {
			let result = this.contentMatch.matchFragment(content);
			if (!result || !result.validEnd) return false;
			for (let i = 0; i < content.childCount; i++) if (!this.allowsMarks(content.child(i).marks)) return false;
			return true;
		}
		checkContent(content) {
			if (!this.validContent(content)) throw new RangeError(`Invalid content for node ${this.name}: ${content.toString().slice(0, 50)}`);
		}
		checkAttrs(attrs) {}
		allowsMarkType(markType) {
			return this.markSet == null || this.markSet.indexOf(markType) > -1;
		}
		allowsMarks(marks) {
			if (this.markSet == null) return true;
			for (let i = 0; i < marks.length; i++) if (!this.allowsMarkType(marks[i].type)) return false;
			return true;
		}
		allowedMarks(marks) {
			if (this.markSet == null) return marks;
			let copy;
			for (let i = 0; i < marks.length; i++) if (!this.allowsMarkType(marks[i].type)) {
				if (!copy) copy = marks.slice(0, i);
			} else if (copy) copy.push(marks[i]);
			return !copy ? marks : copy.length ? copy : Mark.none;
		}
		static compile(nodes, schema) {
			let result = Object.create(null);
			nodes.forEach((name, spec) => result[name] = new NodeType(name, schema, spec));
			let topType = schema.spec.topNode || "doc";
			if (!result[topType]) throw new RangeError("Schema is missing its top node type ('" + topType + "')");
			if (!result.text) throw new RangeError("Every schema needs a 'text' type");
			for (let _ in result.text.attrs) throw new RangeError("The text node type should not have attributes");
			return result;
		}
	};
	function validateType(typeName, attrName, type) {
		let types = type.split("|");
		return (value) => {
			let name = value === null ? "null" : typeof value;
			if (types.indexOf(name) < 0) throw new RangeError(`Expected value of type ${types} for attribute ${attrName} on type ${typeName}, got ${name}`);
		};
	}
	var Attribute = class {
		constructor(typeName, attrName, options) {
			this.hasDefault = Object.prototype.hasOwnProperty.call(options, "default");
			this.default = options.default;
			this.validate = typeof options.validate == "string" ? validateType(typeName, attrName, options.validate) : options.validate;
		}
		get isRequired() {
			return !this.hasDefault;
		}
	};
	var MarkType = class MarkType {
		constructor(name, rank, schema, spec) {
			this.name = name;
			this.rank = rank;
			this.schema = schema;
			this.spec = spec;
			this.attrs = initAttrs(name, spec.attrs);
			this.excluded = null;
			let defaults = defaultAttrs(this.attrs);
			this.instance = defaults ? new Mark(this, defaults) : null;
		}
		create(attrs = null) {
			if (!attrs && this.instance) return this.instance;
			return new Mark(this, computeAttrs(this.attrs, attrs));
		}
		static compile(marks, schema) {
			let result = Object.create(null), rank = 0;
			marks.forEach((name, spec) => result[name] = new MarkType(name, rank++, schema, spec));
			return result;
		}
		removeFromSet(set) {
			for (var i = 0; i < set.length; i++) if (set[i].type == this) {
				set = set.slice(0, i).concat(set.slice(i + 1));
				i--;
			}
			return set;
		}
		isInSet(set) {
			for (let i = 0; i < set.length; i++) if (set[i].type == this) return set[i];
		}
		excludes(other) {
			return this.excluded.indexOf(other) > -1;
		}
	};
	var Schema = class {
		constructor(spec) {
			this.linebreakReplacement = null;
			this.cached = Object.create(null);
			let instanceSpec = this.spec = {};
			for (let prop in spec) instanceSpec[prop] = spec[prop];
			instanceSpec.nodes = OrderedMap.from(spec.nodes), instanceSpec.marks = OrderedMap.from(spec.marks || {}), this.nodes = NodeType.compile(this.spec.nodes, this);
			this.marks = MarkType.compile(this.spec.marks, this);
			let contentExprCache = Object.create(null);
			for (let prop in this.nodes) {
				if (prop in this.marks) throw new RangeError(prop + " can not be both a node and a mark");
				let type = this.nodes[prop], contentExpr = type.spec.content || "", markExpr = type.spec.marks;
				type.contentMatch = contentExprCache[contentExpr] || (contentExprCache[contentExpr] = ContentMatch.parse(contentExpr, this.nodes));
				type.inlineContent = type.contentMatch.inlineContent;
				if (type.spec.linebreakReplacement) {
					if (this.linebreakReplacement) throw new RangeError("Multiple linebreak nodes defined");
					if (!type.isInline || !type.isLeaf) throw new RangeError("Linebreak replacement nodes must be inline leaf nodes");
					this.linebreakReplacement = type;
				}
				type.markSet = markExpr == "_" ? null : markExpr ? gatherMarks(this, markExpr.split(" ")) : markExpr == "" || !type.inlineContent ? [] : null;
			}
			for (let prop in this.marks) {
				let type = this.marks[prop], excl = type.spec.excludes;
				type.excluded = excl == null ? [type] : excl == "" ? [] : gatherMarks(this, excl.split(" "));
			}
			this.nodeFromJSON = (json) => Node.fromJSON(this, json);
			this.markFromJSON = (json) => Mark.fromJSON(this, json);
			this.topNodeType = this.nodes[this.spec.topNode || "doc"];
			this.cached.wrappings = Object.create(null);
		}
		node(type, attrs = null, content, marks) {
			if (typeof type == "string") type = this.nodeType(type);
			else if (!(type instanceof NodeType)) throw new RangeError("Invalid node type: " + type);
			else if (type.schema != this) throw new RangeError("Node type from different schema used (" + type.name + ")");
			return type.createChecked(attrs, content, marks);
		}
		text(text, marks) {
			let type = this.nodes.text;
			return new TextNode(type, type.defaultAttrs, text, Mark.setFrom(marks));
		}
		mark(type, attrs) {
			if (typeof type == "string") type = this.marks[type];
			return type.create(attrs);
		}
		nodeType(name) {
			let found = this.nodes[name];
			if (!found) throw new RangeError("Unknown node type: " + name);
			return found;
		}
	};
	function gatherMarks(schema, marks) {
		let found = [];
		for (let i = 0; i < marks.length; i++) {
			let name = marks[i], mark = schema.marks[name], ok = mark;
			if (mark) found.push(mark);
			else for (let prop in schema.marks) {
				let mark = schema.marks[prop];
				if (name == "_" || mark.spec.group && mark.spec.group.split(" ").indexOf(name) > -1) found.push(ok = mark);
			}
			if (!ok) throw new SyntaxError("Unknown mark type: '" + marks[i] + "'");
		}
		return found;
	}
	const lower16 = 65535;
	const factor16 = Math.pow(2, 16);
	function makeRecover(index, offset) {
		return index + offset * factor16;
	}
	function recoverIndex(value) {
		return value & lower16;
	}
	function recoverOffset(value) {
		return (value - (value & lower16)) / factor16;
	}
	const DEL_BEFORE = 1;
	const DEL_AFTER = 2;
	const DEL_ACROSS = 4;
	const DEL_SIDE = 8;
	var MapResult = class {
		constructor(pos, delInfo, recover) {
			this.pos = pos;
			this.delInfo = delInfo;
			this.recover = recover;
		}
		get deleted() {
			return (this.delInfo & DEL_SIDE) > 0;
		}
		get deletedBefore() {
			return (this.delInfo & 5) > 0;
		}
		get deletedAfter() {
			return (this.delInfo & 6) > 0;
		}
		get deletedAcross() {
			return (this.delInfo & DEL_ACROSS) > 0;
		}
	};
	var StepMap = class StepMap {
		constructor(ranges, inverted = false) {
			this.ranges = ranges;
			this.inverted = inverted;
			if (!ranges.length && StepMap.empty) return StepMap.empty;
		}
		recover(value) {
			let diff = 0, index = recoverIndex(value);
			if (!this.inverted) for (let i = 0; i < index; i++) diff += this.ranges[i * 3 + 2] - this.ranges[i * 3 + 1];
			return this.ranges[index * 3] + diff + recoverOffset(value);
		}
		mapResult(pos, assoc = 1) {
			return this._map(pos, assoc, false);
		}
		map(pos, assoc = 1) {
			return this._map(pos, assoc, true);
		}
		_map(pos, assoc, simple) {
			let diff = 0, oldIndex = this.inverted ? 2 : 1, newIndex = this.inverted ? 1 : 2;
			for (let i = 0; i < this.ranges.length; i += 3) {
				let start = this.ranges[i] - (this.inverted ? diff : 0);
				if (start > pos) break;
				let oldSize = this.ranges[i + oldIndex], newSize = this.ranges[i + newIndex], end = start + oldSize;
				if (pos <= end) {
					let side = !oldSize ? assoc : pos == start ? -1 : pos == end ? 1 : assoc;
					let result = start + diff + (side < 0 ? 0 : newSize);
					if (simple) return result;
					let recover = pos == (assoc < 0 ? start : end) ? null : makeRecover(i / 3, pos - start);
					let del = 0;
					if (oldSize) {
						del |= pos == start ? DEL_AFTER : pos == end ? DEL_BEFORE : DEL_ACROSS;
						if (assoc < 0 ? pos != start : pos != end) del |= DEL_SIDE;
					}
					return new MapResult(result, del, recover);
				}
				diff += newSize - oldSize;
			}
			return simple ? pos + diff : new MapResult(pos + diff, 0, null);
		}
		touches(pos, recover) {
			let diff = 0, index = recoverIndex(recover);
			let oldIndex = this.inverted ? 2 : 1, newIndex = this.inverted ? 1 : 2;
			for (let i = 0; i < this.ranges.length; i += 3) {
				let start = this.ranges[i] - (this.inverted ? diff : 0);
				if (start > pos) break;
				let oldSize = this.ranges[i + oldIndex];
				if (pos <= start + oldSize && i == index * 3) return true;
				diff += this.ranges[i + newIndex] - oldSize;
			}
			return false;
		}
		forEach(f) {
			let oldIndex = this.inverted ? 2 : 1, newIndex = this.inverted ? 1 : 2;
			for (let i = 0, diff = 0; i < this.ranges.length; i += 3) {
				let start = this.ranges[i], oldStart = start - (this.inverted ? diff : 0), newStart = start + (this.inverted ? 0 : diff);
				let oldSize = this.ranges[i + oldIndex], newSize = this.ranges[i + newIndex];
				f(oldStart, oldStart + oldSize, newStart, newStart + newSize);
				diff += newSize - oldSize;
			}
		}
		invert() {
			return new StepMap(this.ranges, !this.inverted);
		}
		toString() {
			return (this.inverted ? "-" : "") + JSON.stringify(this.ranges);
		}
		static offset(n) {
			return n == 0 ? StepMap.empty : new StepMap(n < 0 ? [
				0,
				-n,
				0
			] : [
				0,
				0,
				n
			]);
		}
	};
	StepMap.empty = new StepMap([]);
	var Mapping = class Mapping {
		constructor(maps, mirror, from = 0, to = maps ? maps.length : 0) {
			this.mirror = mirror;
			this.from = from;
			this.to = to;
			this._maps = maps || [];
			this.ownData = !(maps || mirror);
		}
		get maps() {
			return this._maps;
		}
		slice(from = 0, to = this.maps.length) {
			return new Mapping(this._maps, this.mirror, from, to);
		}
		appendMap(map, mirrors) {
			if (!this.ownData) {
				this._maps = this._maps.slice();
				this.mirror = this.mirror && this.mirror.slice();
				this.ownData = true;
			}
			this.to = this._maps.push(map);
			if (mirrors != null) this.setMirror(this._maps.length - 1, mirrors);
		}
		appendMapping(mapping) {
			for (let i = 0, startSize = this._maps.length; i < mapping._maps.length; i++) {
				let mirr = mapping.getMirror(i);
				this.appendMap(mapping._maps[i], mirr != null && mirr < i ? startSize + mirr : void 0);
			}
		}
		getMirror(n) {
			if (this.mirror) {
				for (let i = 0; i < this.mirror.length; i++) if (this.mirror[i] == n) return this.mirror[i + (i % 2 ? -1 : 1)];
			}
		}
		setMirror(n, m) {
			if (!this.mirror) this.mirror = [];
			this.mirror.push(n, m);
		}
		appendMappingInverted(mapping) {
			for (let i = mapping.maps.length - 1, totalSize = this._maps.length + mapping._maps.length; i >= 0; i--) {
				let mirr = mapping.getMirror(i);
				this.appendMap(mapping._maps[i].invert(), mirr != null && mirr > i ? totalSize - mirr - 1 : void 0);
			}
		}
		invert() {
			let inverse = new Mapping();
			inverse.appendMappingInverted(this);
			return inverse;
		}
		map(pos, assoc = 1) {
			if (this.mirror) return this._map(pos, assoc, true);
			for (let i = this.from; i < this.to; i++) pos = this._maps[i].map(pos, assoc);
			return pos;
		}
		mapResult(pos, assoc = 1) {
			return this._map(pos, assoc, false);
		}
		_map(pos, assoc, simple) {
			let delInfo = 0;
			for (let i = this.from; i < this.to; i++) {
				let result = this._maps[i].mapResult(pos, assoc);
				if (result.recover != null) {
					let corr = this.getMirror(i);
					if (corr != null && corr > i && corr < this.to) {
						i = corr;
						pos = this._maps[corr].recover(result.recover);
						continue;
					}
				}
				delInfo |= result.delInfo;
				pos = result.pos;
			}
			return simple ? pos : new MapResult(pos, delInfo, null);
		}
	};
	const stepsByID = Object.create(null);
	var Step = class {
		getMap() {
			return StepMap.empty;
		}
		merge(other) {
			return null;
		}
		static fromJSON(schema, json) {
			if (!json || !json.stepType) throw new RangeError("Invalid input for Step.fromJSON");
			let type = stepsByID[json.stepType];
			if (!type) throw new RangeError(`No step type ${json.stepType} defined`);
			return type.fromJSON(schema, json);
		}
		static jsonID(id, stepClass) {
			if (id in stepsByID) throw new RangeError("Duplicate use of step JSON ID " + id);
			stepsByID[id] = stepClass;
			stepClass.prototype.jsonID = id;
			return stepClass;
		}
	};
	var StepResult = class StepResult {
		constructor(doc, failed) {
			this.doc = doc;
			this.failed = failed;
		}
		static ok(doc) {
			return new StepResult(doc, null);
		}
		static fail(message) {
			return new StepResult(null, message);
		}
		static fromReplace(doc, from, to, slice) {
			try {
				return StepResult.ok(doc.replace(from, to, slice));
			} catch (e) {
				if (e instanceof ReplaceError) return StepResult.fail(e.message);
				throw e;
			}
		}
	};
	function mapFragment(fragment, f, parent) {
		let mapped = [];
		for (let i = 0; i < fragment.childCount; i++) {
			let child = fragment.child(i);
			if (child.content.size) child = child.copy(mapFragment(child.content, f, child));
			if (child.isInline) child = f(child, parent, i);
			mapped.push(child);
		}
		return Fragment.fromArray(mapped);
	}
	var AddMarkStep = class AddMarkStep extends Step {
		constructor(from, to, mark) {
			super();
			this.from = from;
			this.to = to;
			this.mark = mark;
		}
		apply(doc) {
			let oldSlice = doc.slice(this.from, this.to), $from = doc.resolve(this.from);
			let parent = $from.node($from.sharedDepth(this.to));
			let slice = new Slice(mapFragment(oldSlice.content, (node, parent) => {
				if (!node.isAtom || !parent.type.allowsMarkType(this.mark.type)) return node;
				return node.mark(this.mark.addToSet(node.marks));
			}, parent), oldSlice.openStart, oldSlice.openEnd);
			return StepResult.fromReplace(doc, this.from, this.to, slice);
		}
		invert(doc) {
			let steps = [];
			doc.nodesBetween(this.from, this.to, (node, pos) => {
				if (node.isInline && node.isAtom) {
					let added = this.mark.addToSet(node.marks);
					if (!Mark.sameSet(added, node.marks)) {
						let from = Math.max(this.from, pos), to = Math.min(this.to, pos + node.nodeSize);
						pushMarkStep(RemoveMarkStep, from, to, this.mark, steps);
						for (let mark of node.marks) if (!mark.isInSet(added)) pushMarkStep(AddMarkStep, from, to, mark, steps);
					}
				}
			});
			return steps.length == 1 ? steps[0] : new MarkSetStep(steps);
		}
		map(mapping) {
			let from = mapping.map(this.from, 1), to = mapping.map(this.to, -1);
			if (from >= to) return null;
			return new AddMarkStep(from, to, this.mark);
		}
		merge(other) {
			if (other instanceof AddMarkStep && other.mark.eq(this.mark) && this.from <= other.to && this.to >= other.from) return new AddMarkStep(Math.min(this.from, other.from), Math.max(this.to, other.to), this.mark);
			return null;
		}
		toJSON() {
			return {
				stepType: "addMark",
				mark: this.mark.toJSON(),
				from: this.from,
				to: this.to
			};
		}
		static fromJSON(schema, json) {
			if (typeof json.from != "number" || typeof json.to != "number") throw new RangeError("Invalid input for AddMarkStep.fromJSON");
			return new AddMarkStep(json.from, json.to, schema.markFromJSON(json.mark));
		}
	};
	Step.jsonID("addMark", AddMarkStep);
	var RemoveMarkStep = class RemoveMarkStep extends Step {
		constructor(from, to, mark) {
			super();
			this.from = from;
			this.to = to;
			this.mark = mark;
		}
		apply(doc) {
			let oldSlice = doc.slice(this.from, this.to);
			let slice = new Slice(mapFragment(oldSlice.content, (node) => {
				return node.mark(this.mark.removeFromSet(node.marks));
			}, doc), oldSlice.openStart, oldSlice.openEnd);
			return StepResult.fromReplace(doc, this.from, this.to, slice);
		}
		invert(doc) {
			let steps = [];
			doc.nodesBetween(this.from, this.to, (node, pos) => {
				if (node.isInline && node.isAtom && this.mark.isInSet(node.marks)) pushMarkStep(AddMarkStep, Math.max(this.from, pos), Math.min(this.to, pos + node.nodeSize), this.mark, steps);
			});
			return steps.length == 1 ? steps[0] : new MarkSetStep(steps);
		}
		map(mapping) {
			let from = mapping.map(this.from, 1), to = mapping.map(this.to, -1);
			if (from >= to) return null;
			return new RemoveMarkStep(from, to, this.mark);
		}
		merge(other) {
			if (other instanceof RemoveMarkStep && other.mark.eq(this.mark) && this.from <= other.to && this.to >= other.from) return new RemoveMarkStep(Math.min(this.from, other.from), Math.max(this.to, other.to), this.mark);
			return null;
		}
		toJSON() {
			return {
				stepType: "removeMark",
				mark: this.mark.toJSON(),
				from: this.from,
				to: this.to
			};
		}
		static fromJSON(schema, json) {
			if (typeof json.from != "number" || typeof json.to != "number") throw new RangeError("Invalid input for RemoveMarkStep.fromJSON");
			return new RemoveMarkStep(json.from, json.to, schema.markFromJSON(json.mark));
		}
	};
	Step.jsonID("removeMark", RemoveMarkStep);
	function pushMarkStep(cls, from, to, mark, target) {
		let last = target.length ? target[target.length - 1] : null;
		if (last && last instanceof cls && last.to == from && last.mark.eq(mark)) target[target.length - 1] = new cls(last.from, to, mark);
		else target.push(new cls(from, to, mark));
	}
	var MarkSetStep = class MarkSetStep extends Step {
		constructor(steps) {
			super();
			this.steps = steps;
		}
		apply(doc) {
			for (let step of this.steps) {
				let result = step.apply(doc);
				if (!result.doc) return result;
				doc = result.doc;
			}
			return new StepResult(doc, null);
		}
		invert(doc) {
			return new MarkSetStep(this.steps.map((s) => s.invert(doc)));
		}
		map(mapping) {
			let result = [];
			for (let step of this.steps) {
				let mapped = step.map(mapping);
				if (mapped) result.push(mapped);
			}
			return result.length ? new MarkSetStep(result) : null;
		}
		toJSON() {
			return {
				stepType: "markSet",
				steps: this.steps.map((s) => s.toJSON())
			};
		}
		static fromJSON(schema, json) {
			if (!Array.isArray(json.steps) || !json.steps.every((s) => s.stepType == "addMark" || s.stepType == "removeMark")) throw new RangeError("Invalid JSON for MarkSetStep");
			return new MarkSetStep(json.steps.map((s) => Step.fromJSON(schema, s)));
		}
	};
	Step.jsonID("markSet", MarkSetStep);
	var AddNodeMarkStep = class AddNodeMarkStep extends Step {
		constructor(pos, mark) {
			super();
			this.pos = pos;
			this.mark = mark;
		}
		apply(doc) {
			let node = doc.nodeAt(this.pos);
			if (!node) return StepResult.fail("No node at mark step's position");
			let updated = node.type.create(node.attrs, null, this.mark.addToSet(node.marks));
			return StepResult.fromReplace(doc, this.pos, this.pos + 1, new Slice(Fragment.from(updated), 0, node.isLeaf ? 0 : 1));
		}
		invert(doc) {
			let node = doc.nodeAt(this.pos);
			if (node) {
				let newSet = this.mark.addToSet(node.marks);
				if (newSet.length == node.marks.length) {
					for (let i = 0; i < node.marks.length; i++) if (!node.marks[i].isInSet(newSet)) return new AddNodeMarkStep(this.pos, node.marks[i]);
					return new AddNodeMarkStep(this.pos, this.mark);
				}
			}
			return new RemoveNodeMarkStep(this.pos, this.mark);
		}
		map(mapping) {
			let pos = mapping.mapResult(this.pos, 1);
			return pos.deletedAfter ? null : new AddNodeMarkStep(pos.pos, this.mark);
		}
		toJSON() {
			return {
				stepType: "addNodeMark",
				pos: this.pos,
				mark: this.mark.toJSON()
			};
		}
		static fromJSON(schema, json) {
			if (typeof json.pos != "number") throw new RangeError("Invalid input for AddNodeMarkStep.fromJSON");
			return new AddNodeMarkStep(json.pos, schema.markFromJSON(json.mark));
		}
	};
	Step.jsonID("addNodeMark", AddNodeMarkStep);
	var RemoveNodeMarkStep = class RemoveNodeMarkStep extends Step {
		constructor(pos, mark) {
			super();
			this.pos = pos;
			this.mark = mark;
		}
		apply(doc) {
			let node = doc.nodeAt(this.pos);
			if (!node) return StepResult.fail("No node at mark step's position");
			let updated = node.type.create(node.attrs, null, this.mark.removeFromSet(node.marks));
			return StepResult.fromReplace(doc, this.pos, this.pos + 1, new Slice(Fragment.from(updated), 0, node.isLeaf ? 0 : 1));
		}
		invert(doc) {
			let node = doc.nodeAt(this.pos);
			if (!node || !this.mark.isInSet(node.marks)) return this;
			return new AddNodeMarkStep(this.pos, this.mark);
		}
		map(mapping) {
			let pos = mapping.mapResult(this.pos, 1);
			return pos.deletedAfter ? null : new RemoveNodeMarkStep(pos.pos, this.mark);
		}
		toJSON() {
			return {
				stepType: "removeNodeMark",
				pos: this.pos,
				mark: this.mark.toJSON()
			};
		}
		static fromJSON(schema, json) {
			if (typeof json.pos != "number") throw new RangeError("Invalid input for RemoveNodeMarkStep.fromJSON");
			return new RemoveNodeMarkStep(json.pos, schema.markFromJSON(json.mark));
		}
	};
	Step.jsonID("removeNodeMark", RemoveNodeMarkStep);
	var ReplaceStep = class ReplaceStep extends Step {
		constructor(from, to, slice, structure = false) {
			super();
			this.from = from;
			this.to = to;
			this.slice = slice;
			this.structure = structure;
		}
		apply(doc) {
			if (this.structure && contentBetween(doc, this.from, this.to)) return StepResult.fail("Structure replace would overwrite content");
			return StepResult.fromReplace(doc, this.from, this.to, this.slice);
		}
		getMap() {
			return new StepMap([
				this.from,
				this.to - this.from,
				this.slice.size
			]);
		}
		invert(doc) {
			return new ReplaceStep(this.from, this.from + this.slice.size, doc.slice(this.from, this.to));
		}
		map(mapping) {
			let to = mapping.mapResult(this.to, -1);
			let from = this.from == this.to && ReplaceStep.MAP_BIAS < 0 ? to : mapping.mapResult(this.from, 1);
			if (from.deletedAcross && to.deletedAcross) return null;
			return new ReplaceStep(from.pos, Math.max(from.pos, to.pos), this.slice, this.structure);
		}
		merge(other) {
			if (!(other instanceof ReplaceStep) || other.structure || this.structure) return null;
			if (this.from + this.slice.size == other.from && !this.slice.openEnd && !other.slice.openStart) {
				let slice = this.slice.size + other.slice.size == 0 ? Slice.empty : new Slice(this.slice.content.append(other.slice.content), this.slice.openStart, other.slice.openEnd);
				return new ReplaceStep(this.from, this.to + (other.to - other.from), slice, this.structure);
			} else if (other.to == this.from && !this.slice.openStart && !other.slice.openEnd) {
				let slice = this.slice.size + other.slice.size == 0 ? Slice.empty : new Slice(other.slice.content.append(this.slice.content), other.slice.openStart, this.slice.openEnd);
				return new ReplaceStep(other.from, this.to, slice, this.structure);
			} else return null;
		}
		toJSON() {
			let json = {
				stepType: "replace",
				from: this.from,
				to: this.to
			};
			if (this.slice.size) json.slice = this.slice.toJSON();
			if (this.structure) json.structure = true;
			return json;
		}
		static fromJSON(schema, json) {
			if (typeof json.from != "number" || typeof json.to != "number") throw new RangeError("Invalid input for ReplaceStep.fromJSON");
			return new ReplaceStep(json.from, json.to, Slice.fromJSON(schema, json.slice), !!json.structure);
		}
	};
	ReplaceStep.MAP_BIAS = 1;
	Step.jsonID("replace", ReplaceStep);
	var ReplaceAroundStep = class ReplaceAroundStep extends Step {
		constructor(from, to, gapFrom, gapTo, slice, insert, structure = false) {
			super();
			this.from = from;
			this.to = to;
			this.gapFrom = gapFrom;
			this.gapTo = gapTo;
			this.slice = slice;
			this.insert = insert;
			this.structure = structure;
		}
		apply(doc) {
			if (this.structure && (contentBetween(doc, this.from, this.gapFrom) || contentBetween(doc, this.gapTo, this.to))) return StepResult.fail("Structure gap-replace would overwrite content");
			let gap = doc.slice(this.gapFrom, this.gapTo);
			if (gap.openStart || gap.openEnd) return StepResult.fail("Gap is not a flat range");
			let inserted = this.slice.insertAt(this.insert, gap.content);
			if (!inserted) return StepResult.fail("Content does not fit in gap");
			return StepResult.fromReplace(doc, this.from, this.to, inserted);
		}
		getMap() {
			return new StepMap([
				this.from,
				this.gapFrom - this.from,
				this.insert,
				this.gapTo,
				this.to - this.gapTo,
				this.slice.size - this.insert
			]);
		}
		invert(doc) {
			let gap = this.gapTo - this.gapFrom;
			return new ReplaceAroundStep(this.from, this.from + this.slice.size + gap, this.from + this.insert, this.from + this.insert + gap, doc.slice(this.from, this.to).removeBetween(this.gapFrom - this.from, this.gapTo - this.from), this.gapFrom - this.from, this.structure);
		}
		map(mapping) {
			let from = mapping.mapResult(this.from, 1), to = mapping.mapResult(this.to, -1);
			let gapFrom = this.from == this.gapFrom ? from.pos : mapping.map(this.gapFrom, -1);
			let gapTo = this.to == this.gapTo ? to.pos : mapping.map(this.gapTo, 1);
			if (from.deletedAcross && to.deletedAcross || gapFrom < from.pos || gapTo > to.pos || gapFrom > gapTo) return null;
			return new ReplaceAroundStep(from.pos, to.pos, gapFrom, gapTo, this.slice, this.insert, this.structure);
		}
		toJSON() {
			let json = {
				stepType: "replaceAround",
				from: this.from,
				to: this.to,
				gapFrom: this.gapFrom,
				gapTo: this.gapTo,
				insert: this.insert
			};
			if (this.slice.size) json.slice = this.slice.toJSON();
			if (this.structure) json.structure = true;
			return json;
		}
		static fromJSON(schema, json) {
			if (typeof json.from != "number" || typeof json.to != "number" || typeof json.gapFrom != "number" || typeof json.gapTo != "number" || typeof json.insert != "number") throw new RangeError("Invalid input for ReplaceAroundStep.fromJSON");
			return new ReplaceAroundStep(json.from, json.to, json.gapFrom, json.gapTo, Slice.fromJSON(schema, json.slice), json.insert, !!json.structure);
		}
	};
	Step.jsonID("replaceAround", ReplaceAroundStep);
	function contentBetween(doc, from, to) {
		let $from = doc.resolve(from), dist = to - from, depth = $from.depth;
		while (dist > 0 && depth > 0 && $from.indexAfter(depth) == $from.node(depth).childCount) {
			depth--;
			dist--;
		}
		if (dist > 0) {
			let next = $from.node(depth).maybeChild($from.indexAfter(depth));
			while (dist > 0) {
				if (!next || next.isLeaf) return true;
				next = next.firstChild;
				dist--;
			}
		}
		return false;
	}
	function addMark(tr, from, to, mark) {
		let added = [];
		tr.doc.nodesBetween(from, to, (node, pos, parent) => {
			if (!node.isInline) return;
			let marks = node.marks;
			if (!mark.isInSet(marks) && parent.type.allowsMarkType(mark.type)) pushMarkStep(AddMarkStep, Math.max(pos, from), Math.min(pos + node.nodeSize, to), mark, added);
		});
		added.forEach((s) => tr.step(s));
	}
	function removeMark(tr, from, to, mark) {
		let matched = [], step = 0;
		tr.doc.nodesBetween(from, to, (node, pos) => {
			if (!node.isInline || !node.isAtom) return;
			step++;
			let toRemove = null;
			if (mark instanceof MarkType) {
				let set = node.marks, found;
				while (found = mark.isInSet(set)) {
					(toRemove || (toRemove = [])).push(found);
					set = found.removeFromSet(set);
				}
			} else if (mark) {
				if (mark.isInSet(node.marks)) toRemove = [mark];
			} else toRemove = node.marks;
			if (toRemove && toRemove.length) {
				let end = Math.min(pos + node.nodeSize, to);
				for (let i = 0; i < toRemove.length; i++) {
					let style = toRemove[i], found;
					for (let j = 0; j < matched.length; j++) {
						let m = matched[j];
						if (m.step == step - 1 && style.eq(matched[j].style)) found = m;
					}
					if (found) {
						found.to = end;
						found.step = step;
					} else matched.push({
						style,
						from: Math.max(pos, from),
						to: end,
						step
					});
				}
			}
		});
		matched.forEach((m) => tr.step(new RemoveMarkStep(m.from, m.to, m.style)));
	}
	function clearIncompatible(tr, pos, parentType, match = parentType.contentMatch, clearNewlines = true) {
		let node = tr.doc.nodeAt(pos);
		let replSteps = [], cur = pos + 1;
		for (let i = 0; i < node.childCount; i++) {
			let child = node.child(i), end = cur + child.nodeSize;
			let allowed = match.matchType(child.type);
			if (!allowed) replSteps.push(new ReplaceStep(cur, end, Slice.empty));
			else {
				match = allowed;
				for (let j = 0; j < child.marks.length; j++) if (!parentType.allowsMarkType(child.marks[j].type)) tr.step(new RemoveMarkStep(cur, end, child.marks[j]));
				if (clearNewlines && child.isText && parentType.whitespace != "pre") {
					let m, newline = /\r?\n|\r/g, slice;
					while (m = newline.exec(child.text)) {
						if (!slice) slice = new Slice(Fragment.from(parentType.schema.text(" ", parentType.allowedMarks(child.marks))), 0, 0);
						replSteps.push(new ReplaceStep(cur + m.index, cur + m.index + m[0].length, slice));
					}
				}
			}
			cur = end;
		}
		if (!match.validEnd) {
			let fill = match.fillBefore(Fragment.empty, true);
			tr.replace(cur, cur, new Slice(fill, 0, 0));
		}
		for (let i = replSteps.length - 1; i >= 0; i--) tr.step(replSteps[i]);
	}
	function canCut(node, start, end) {
		return (start == 0 || node.canReplace(start, node.childCount)) && (end == node.childCount || node.canReplace(0, end));
	}
	function liftTarget(range) {
		let content = range.parent.content.cutByIndex(range.startIndex, range.endIndex);
		for (let depth = range.depth, contentBefore = 0, contentAfter = 0;; --depth) {
			let node = range.$from.node(depth);
			let index = range.$from.index(depth) + contentBefore, endIndex = range.$to.indexAfter(depth) - contentAfter;
			if (depth < range.depth && node.canReplace(index, endIndex, content)) return depth;
			if (depth == 0 || node.type.spec.isolating || !canCut(node, index, endIndex)) break;
			if (index) contentBefore = 1;
			if (endIndex < node.childCount) contentAfter = 1;
		}
		return null;
	}
	function lift$1(tr, range, target) {
		let { $from, $to, depth } = range;
		let gapStart = $from.before(depth + 1), gapEnd = $to.after(depth + 1);
		let start = gapStart, end = gapEnd;
		let before = Fragment.empty, openStart = 0;
		for (let d = depth, splitting = false; d > target; d--) if (splitting || $from.index(d) > 0) {
			splitting = true;
			before = Fragment.from($from.node(d).copy(before));
			openStart++;
		} else start--;
		let after = Fragment.empty, openEnd = 0;
		for (let d = depth, splitting = false; d > target; d--) if (splitting || $to.after(d + 1) < $to.end(d)) {
			splitting = true;
			after = Fragment.from($to.node(d).copy(after));
			openEnd++;
		} else end++;
		tr.step(new ReplaceAroundStep(start, end, gapStart, gapEnd, new Slice(before.append(after), openStart, openEnd), before.size - openStart, true));
	}
	function findWrapping(range, nodeType, attrs = null, innerRange = range) {
		let around = findWrappingOutside(range, nodeType);
		let inner = around && findWrappingInside(innerRange, nodeType);
		if (!inner) return null;
		return around.map(withAttrs).concat({
			type: nodeType,
			attrs
		}).concat(inner.map(withAttrs));
	}
	function withAttrs(type) {
		return {
			type,
			attrs: null
		};
	}
	function findWrappingOutside(range, type) {
		let { parent, startIndex, endIndex } = range;
		let around = parent.contentMatchAt(startIndex).findWrapping(type);
		if (!around) return null;
		let outer = around.length ? around[0] : type;
		return parent.canReplaceWith(startIndex, endIndex, outer) ? around : null;
	}
	function findWrappingInside(range, type) {
		let { parent, startIndex, endIndex } = range;
		let inner = parent.child(startIndex);
		let inside = type.contentMatch.findWrapping(inner.type);
		if (!inside) return null;
		let innerMatch = (inside.length ? inside[inside.length - 1] : type).contentMatch;
		for (let i = startIndex; innerMatch && i < endIndex; i++) innerMatch = innerMatch.matchType(parent.child(i).type);
		if (!innerMatch || !innerMatch.validEnd) return null;
		return inside;
	}
	function wrap(tr, range, wrappers) {
		let content = Fragment.empty;
		for (let i = wrappers.length - 1; i >= 0; i--) {
			if (content.size) {
				let match = wrappers[i].type.contentMatch.matchFragment(content);
				if (!match || !match.validEnd) throw new RangeError("Wrapper type given to Transform.wrap does not form valid content of its parent wrapper");
			}
			content = Fragment.from(wrappers[i].type.create(wrappers[i].attrs, content));
		}
		let start = range.start, end = range.end;
		tr.step(new ReplaceAroundStep(start, end, start, end, new Slice(content, 0, 0), wrappers.length, true));
	}
	function setBlockType$1(tr, from, to, type, attrs) {
		if (!type.isTextblock) throw new RangeError("Type given to setBlockType should be a textblock");
		let mapFrom = tr.steps.length;
		tr.doc.nodesBetween(from, to, (node, pos) => {
			let attrsHere = typeof attrs == "function" ? attrs(node) : attrs;
			if (node.isTextblock && !node.hasMarkup(type, attrsHere) && canChangeType(tr.doc, tr.mapping.slice(mapFrom).map(pos), type)) {
				let convertNewlines = null;
				if (type.schema.linebreakReplacement) {
					let pre = type.whitespace == "pre", supportLinebreak = !!type.contentMatch.matchType(type.schema.linebreakReplacement);
					if (pre && !supportLinebreak) convertNewlines = false;
					else if (!pre && supportLinebreak) convertNewlines = true;
				}
				if (convertNewlines === false) replaceLinebreaks(tr, node, pos, mapFrom);
				clearIncompatible(tr, tr.mapping.slice(mapFrom).map(pos, 1), type, void 0, convertNewlines === null);
				let mapping = tr.mapping.slice(mapFrom);
				let startM = mapping.map(pos, 1), endM = mapping.map(pos + node.nodeSize, 1);
				tr.step(new ReplaceAroundStep(startM, endM, startM + 1, endM - 1, new Slice(Fragment.from(type.create(attrsHere, null, node.marks)), 0, 0), 1, true));
				if (convertNewlines === true) replaceNewlines(tr, node, pos, mapFrom);
				return false;
			}
		});
	}
	function replaceNewlines(tr, node, pos, mapFrom) {
		node.forEach((child, offset) => {
			if (child.isText) {
				let m, newline = /\r?\n|\r/g;
				while (m = newline.exec(child.text)) {
					let start = tr.mapping.slice(mapFrom).map(pos + 1 + offset + m.index);
					tr.replaceWith(start, start + 1, node.type.schema.linebreakReplacement.create());
				}
			}
		});
	}
	function replaceLinebreaks(tr, node, pos, mapFrom) {
		node.forEach((child, offset) => {
			if (child.type == child.type.schema.linebreakReplacement) {
				let start = tr.mapping.slice(mapFrom).map(pos + 1 + offset);
				tr.replaceWith(start, start + 1, node.type.schema.text("\n"));
			}
		});
	}
	function canChangeType(doc, pos, type) {
		let $pos = doc.resolve(pos), index = $pos.index();
		return $pos.parent.canReplaceWith(index, index + 1, type);
	}
	function setNodeMarkup(tr, pos, type, attrs, marks) {
		let node = tr.doc.nodeAt(pos);
		if (!node) throw new RangeError("No node at given position");
		if (!type) type = node.type;
		let newNode = type.create(attrs, null, marks || node.marks);
		if (node.isLeaf) return tr.replaceWith(pos, pos + node.nodeSize, newNode);
		if (!type.validContent(node.content)) throw new RangeError("Invalid content for node type " + type.name);
		tr.step(new ReplaceAroundStep(pos, pos + node.nodeSize, pos + 1, pos + node.nodeSize - 1, new Slice(Fragment.from(newNode), 0, 0), 1, true));
	}
	function canSplit(doc, pos, depth = 1, typesAfter) {
		let $pos = doc.resolve(pos), base = $pos.depth - depth;
		let innerType = typesAfter && typesAfter[typesAfter.length - 1] || $pos.parent;
		if (base < 0 || $pos.parent.type.spec.isolating || !$pos.parent.canReplace($pos.index(), $pos.parent.childCount) || !innerType.type.validContent($pos.parent.content.cutByIndex($pos.index(), $pos.parent.childCount))) return false;
		for (let d = $pos.depth - 1, i = depth - 2; d > base; d--, i--) {
			let node = $pos.node(d), index = $pos.index(d);
			if (node.type.spec.isolating) return false;
			let rest = node.content.cutByIndex(index, node.childCount);
			let overrideChild = typesAfter && typesAfter[i + 1];
			if (overrideChild) rest = rest.replaceChild(0, overrideChild.type.create(overrideChild.attrs));
			let after = typesAfter && typesAfter[i] || node;
			if (!node.canReplace(index + 1, node.childCount) || !after.type.validContent(rest)) return false;
		}
		let index = $pos.indexAfter(base);
		let baseType = typesAfter && typesAfter[0];
		return $pos.node(base).canReplaceWith(index, index, baseType ? baseType.type : $pos.node(base + 1).type);
	}
	function split(tr, pos, depth = 1, typesAfter) {
		let $pos = tr.doc.resolve(pos), before = Fragment.empty, after = Fragment.empty;
		for (let d = $pos.depth, e = $pos.depth - depth, i = depth - 1; d > e; d--, i--) {
			before = Fragment.from($pos.node(d).copy(before));
			let typeAfter = typesAfter && typesAfter[i];
			after = Fragment.from(typeAfter ? typeAfter.type.create(typeAfter.attrs, after) : $pos.node(d).copy(after));
		}
		tr.step(new ReplaceStep(pos, pos, new Slice(before.append(after), depth, depth), true));
	}
	function canJoin(doc, pos) {
		let $pos = doc.resolve(pos), index = $pos.index();
		return joinable($pos.nodeBefore, $pos.nodeAfter) && $pos.parent.canReplace(index, index + 1);
	}
	function canAppendWithSubstitutedLinebreaks(a, b) {
		if (!b.content.size) a.type.compatibleContent(b.type);
		let match = a.contentMatchAt(a.childCount);
		let { linebreakReplacement } = a.type.schema;
		for (let i = 0; i < b.childCount; i++) {
			let child = b.child(i);
			let type = child.type == linebreakReplacement ? a.type.schema.nodes.text : child.type;
			match = match.matchType(type);
			if (!match) return false;
			if (!a.type.allowsMarks(child.marks)) return false;
		}
		return match.validEnd;
	}
	function joinable(a, b) {
		return !!(a && b && !a.isLeaf && canAppendWithSubstitutedLinebreaks(a, b));
	}
	function join(tr, pos, depth) {
		let convertNewlines = null;
		let { linebreakReplacement } = tr.doc.type.schema;
		let $before = tr.doc.resolve(pos - depth), beforeType = $before.node().type;
		if (linebreakReplacement && beforeType.inlineContent) {
			let pre = beforeType.whitespace == "pre";
			let supportLinebreak = !!beforeType.contentMatch.matchType(linebreakReplacement);
			if (pre && !supportLinebreak) convertNewlines = false;
			else if (!pre && supportLinebreak) convertNewlines = true;
		}
		let mapFrom = tr.steps.length;
		if (convertNewlines === false) {
			let $after = tr.doc.resolve(pos + depth);
			replaceLinebreaks(tr, $after.node(), $after.before(), mapFrom);
		}
		if (beforeType.inlineContent) clearIncompatible(tr, pos + depth - 1, beforeType, $before.node().contentMatchAt($before.index()), convertNewlines == null);
		let mapping = tr.mapping.slice(mapFrom), start = mapping.map(pos - depth);
		tr.step(new ReplaceStep(start, mapping.map(pos + depth, -1), Slice.empty, true));
		if (convertNewlines === true) {
			let $full = tr.doc.resolve(start);
			replaceNewlines(tr, $full.node(), $full.before(), tr.steps.length);
		}
		return tr;
	}
	function insertPoint(doc, pos, nodeType) {
		let $pos = doc.resolve(pos);
		if ($pos.parent.canReplaceWith($pos.index(), $pos.index(), nodeType)) return pos;
		if ($pos.parentOffset == 0) for (let d = $pos.depth - 1; d >= 0; d--) {
			let index = $pos.index(d);
			if ($pos.node(d).canReplaceWith(index, index, nodeType)) return $pos.before(d + 1);
			if (index > 0) return null;
		}
		if ($pos.parentOffset == $pos.parent.content.size) for (let d = $pos.depth - 1; d >= 0; d--) {
			let index = $pos.indexAfter(d);
			if ($pos.node(d).canReplaceWith(index, index, nodeType)) return $pos.after(d + 1);
			if (index < $pos.node(d).childCount) return null;
		}
		return null;
	}
	function replaceStep(doc, from, to = from, slice = Slice.empty) {
		if (from == to && !slice.size) return null;
		let $from = doc.resolve(from), $to = doc.resolve(to);
		if (fitsTrivially($from, $to, slice)) return new ReplaceStep(from, to, slice);
		return new Fitter($from, $to, slice).fit();
	}
	function fitsTrivially($from, $to, slice) {
		return !slice.openStart && !slice.openEnd && $from.start() == $to.start() && $from.parent.canReplace($from.index(), $to.index(), slice.content);
	}
	var Fitter = class {
		constructor($from, $to, unplaced) {
			this.$from = $from;
			this.$to = $to;
			this.unplaced = unplaced;
			this.frontier = [];
			this.placed = Fragment.empty;
			for (let i = 0; i <= $from.depth; i++) {
				let node = $from.node(i);
				this.frontier.push({
					type: node.type,
					match: node.contentMatchAt($from.indexAfter(i))
				});
			}
			for (let i = $from.depth; i > 0; i--) this.placed = Fragment.from($from.node(i).copy(this.placed));
		}
		get depth() {
			return this.frontier.length - 1;
		}
		fit() {
			while (this.unplaced.size) {
				let fit = this.findFittable();
				if (fit) this.placeNodes(fit);
				else this.openMore() || this.dropNode();
			}
			let moveInline = this.mustMoveInline(), placedSize = this.placed.size - this.depth - this.$from.depth;
			let $from = this.$from, $to = this.close(moveInline < 0 ? this.$to : $from.doc.resolve(moveInline));
			if (!$to) return null;
			let content = this.placed, openStart = $from.depth, openEnd = $to.depth;
			while (openStart && openEnd && content.childCount == 1) {
				content = content.firstChild.content;
				openStart--;
				openEnd--;
			}
			let slice = new Slice(content, openStart, openEnd);
			if (moveInline > -1) return new ReplaceAroundStep($from.pos, moveInline, this.$to.pos, this.$to.end(), slice, placedSize);
			if (slice.size || $from.pos != this.$to.pos) return new ReplaceStep($from.pos, $to.pos, slice);
			return null;
		}
		findFittable() {
			let startDepth = this.unplaced.openStart;
			for (let cur = this.unplaced.content, d = 0, openEnd = this.unplaced.openEnd; d < startDepth; d++) {
				let node = cur.firstChild;
				if (cur.childCount > 1) openEnd = 0;
				if (node.type.spec.isolating && openEnd <= d) {
					startDepth = d;
					break;
				}
				cur = node.content;
			}
			for (let pass = 1; pass <= 2; pass++) for (let sliceDepth = pass == 1 ? startDepth : this.unplaced.openStart; sliceDepth >= 0; sliceDepth--) {
				let fragment, parent = null;
				if (sliceDepth) {
					parent = contentAt(this.unplaced.content, sliceDepth - 1).firstChild;
					fragment = parent.content;
				} else fragment = this.unplaced.content;
				let first = fragment.firstChild;
				for (let frontierDepth = this.depth; frontierDepth >= 0; frontierDepth--) {
					let { type, match } = this.frontier[frontierDepth], wrap, inject = null;
					if (pass == 1 && (first ? match.matchType(first.type) || (inject = match.fillBefore(Fragment.from(first), false)) : parent && type.compatibleContent(parent.type))) return {
						sliceDepth,
						frontierDepth,
						parent,
						inject
					};
					else if (pass == 2 && first && (wrap = match.findWrapping(first.type))) return {
						sliceDepth,
						frontierDepth,
						parent,
						wrap
					};
					if (parent && match.matchType(parent.type)) break;
				}
			}
		}
		openMore() {
			let { content, openStart, openEnd } = this.unplaced;
			if (maxOpen(content, -1) <= openStart) return false;
			if (this.unplaced.size > 1 && maxOpen(content, 1) > openEnd) openEnd++;
			this.unplaced = new Slice(content, openStart + 1, openEnd);
			return true;
		}
		dropNode() {
			let { content, openStart, openEnd } = this.unplaced;
			let inner = contentAt(content, openStart);
			if (inner.childCount <= 1 && openStart > 0) {
				let openAtEnd = content.size - openStart <= openStart + inner.size;
				this.unplaced = new Slice(dropFromFragment(content, openStart - 1, 1), openStart - 1, openAtEnd ? openStart - 1 : openEnd);
			} else this.unplaced = new Slice(dropFromFragment(content, openStart, 1), openStart, openEnd);
		}
		placeNodes({ sliceDepth, frontierDepth, parent, inject, wrap }) {
			while (this.depth > frontierDepth) this.closeFrontierNode();
			if (wrap) for (let i = 0; i < wrap.length; i++) this.openFrontierNode(wrap[i]);
			let slice = this.unplaced, fragment = parent ? parent.content : slice.content;
			let openStart = slice.openStart - sliceDepth;
			let taken = 0, add = [];
			let { match, type } = this.frontier[frontierDepth];
			if (inject) {
				for (let i = 0; i < inject.childCount; i++) add.push(inject.child(i));
				match = match.matchFragment(inject);
			}
			let openEndCount = fragment.size + sliceDepth - (slice.content.size - slice.openEnd);
			while (taken < fragment.childCount) {
				let next = fragment.child(taken), matches = match.matchType(next.type);
				if (!matches) break;
				taken++;
				if (taken > 1 || openStart == 0 || next.content.size) {
					match = matches;
					add.push(closeNodeStart(next.mark(type.allowedMarks(next.marks)), taken == 1 ? openStart : 0, taken == fragment.childCount ? openEndCount : -1));
				}
			}
			let toEnd = taken == fragment.childCount;
			if (!toEnd) openEndCount = -1;
			this.placed = addToFragment(this.placed, frontierDepth, Fragment.from(add));
			this.frontier[frontierDepth].match = match;
			if (toEnd && openEndCount < 0 && parent && parent.type == this.frontier[this.depth].type && this.frontier.length > 1) this.closeFrontierNode();
			for (let i = 0, cur = add[add.length - 1]; cur && i < openEndCount; i++) {
				this.frontier.push({
					type: cur.type,
					match: cur.contentMatchAt(cur.childCount)
				});
				cur = cur.lastChild;
			}
			this.unplaced = !toEnd ? new Slice(dropFromFragment(slice.content, sliceDepth, taken), sliceDepth, slice.openEnd) : sliceDepth == 0 ? Slice.empty : new Slice(dropFromFragment(slice.content, sliceDepth - 1, 1), sliceDepth - 1, openEndCount < 0 ? slice.openEnd : sliceDepth - 1);
		}
		mustMoveInline() {
			if (!this.$to.parent.isTextblock) return -1;
			let top = this.frontier[this.depth], level;
			if (!top.type.isTextblock || !contentAfterFits(this.$to, this.$to.depth, top.type, top.match, false) || this.$to.depth == this.depth && (level = this.findCloseLevel(this.$to)) && level.depth == this.depth) return -1;
			let { depth } = this.$to, after = this.$to.after(depth);
			while (depth > 1 && after == this.$to.end(--depth)) ++after;
			return after;
		}
		findCloseLevel($to) {
			scan: for (let i = Math.min(this.depth, $to.depth); i >= 0; i--) {
				let { match, type } = this.frontier[i];
				let dropInner = i < $to.depth && $to.end(i + 1) == $to.pos + ($to.depth - (i + 1));
				let fit = contentAfterFits($to, i, type, match, dropInner);
				if (!fit) continue;
				for (let d = i - 1; d >= 0; d--) {
					let { match, type } = this.frontier[d];
					let matches = contentAfterFits($to, d, type, match, true);
					if (!matches || matches.childCount) continue scan;
				}
				return {
					depth: i,
					fit,
					move: dropInner ? $to.doc.resolve($to.after(i + 1)) : $to
				};
			}
		}
		close($to) {
			let close = this.findCloseLevel($to);
			if (!close) return null;
			while (this.depth > close.depth) this.closeFrontierNode();
			if (close.fit.childCount) this.placed = addToFragment(this.placed, close.depth, close.fit);
			$to = close.move;
			for (let d = close.depth + 1; d <= $to.depth; d++) {
				let node = $to.node(d), add = node.type.contentMatch.fillBefore(node.content, true, $to.index(d));
				this.openFrontierNode(node.type, node.attrs, add);
			}
			return $to;
		}
		openFrontierNode(type, attrs = null, content) {
			let top = this.frontier[this.depth];
			top.match = top.match.matchType(type);
			this.placed = addToFragment(this.placed, this.depth, Fragment.from(type.create(attrs, content)));
			this.frontier.push({
				type,
				match: type.contentMatch
			});
		}
		closeFrontierNode() {
			let add = this.frontier.pop().match.fillBefore(Fragment.empty, true);
			if (add.childCount) this.placed = addToFragment(this.placed, this.frontier.length, add);
		}
	};
	function dropFromFragment(fragment, depth, count) {
		if (depth == 0) return fragment.cutByIndex(count, fragment.childCount);
		return fragment.replaceChild(0, fragment.firstChild.copy(dropFromFragment(fragment.firstChild.content, depth - 1, count)));
	}
	function addToFragment(fragment, depth, content) {
		if (depth == 0) return fragment.append(content);
		return fragment.replaceChild(fragment.childCount - 1, fragment.lastChild.copy(addToFragment(fragment.lastChild.content, depth - 1, content)));
	}
	function contentAt(fragment, depth) {
		for (let i = 0; i < depth; i++) fragment = fragment.firstChild.content;
		return fragment;
	}
	function closeNodeStart(node, openStart, openEnd) {
		if (openStart <= 0) return node;
		let frag = node.content;
		if (openStart > 1) frag = frag.replaceChild(0, closeNodeStart(frag.firstChild, openStart - 1, frag.childCount == 1 ? openEnd - 1 : 0));
		if (openStart > 0) {
			frag = node.type.contentMatch.fillBefore(frag).append(frag);
			if (openEnd <= 0) frag = frag.append(node.type.contentMatch.matchFragment(frag).fillBefore(Fragment.empty, true));
		}
		return node.copy(frag);
	}
	function contentAfterFits($to, depth, type, match, open) {
		let node = $to.node(depth), index = open ? $to.indexAfter(depth) : $to.index(depth);
		if (index == node.childCount && !type.compatibleContent(node.type)) return null;
		let fit = match.fillBefore(node.content, true, index);
		return fit && !invalidMarks(type, node.content, index) ? fit : null;
	}
	function invalidMarks(type, fragment, start) {
		for (let i = start; i < fragment.childCount; i++) if (!type.allowsMarks(fragment.child(i).marks)) return true;
		return false;
	}
	function definesContent(type) {
		return type.spec.defining || type.spec.definingForContent;
	}
	function maxOpen(frag, side) {
		for (let count = 0;; count++) {
			let ch = side < 0 ? frag.firstChild : frag.lastChild;
			if (!ch || ch.isAtom) return count;
			frag = ch.content;
		}
	}
	function replaceRange(tr, from, to, slice) {
		if (!slice.size) return tr.deleteRange(from, to);
		let $from = tr.doc.resolve(from), $to = tr.doc.resolve(to);
		if (fitsTrivially($from, $to, slice)) return tr.step(new ReplaceStep(from, to, slice));
		let targetDepths = coveredDepths($from, $to);
		if (targetDepths[targetDepths.length - 1] == 0) targetDepths.pop();
		let preferredTarget = -($from.depth + 1);
		targetDepths.unshift(preferredTarget);
		for (let d = $from.depth, pos = $from.pos - 1; d > 0; d--, pos--) {
			let spec = $from.node(d).type.spec;
			if (spec.defining || spec.definingAsContext || spec.isolating) break;
			if (targetDepths.indexOf(d) > -1) preferredTarget = d;
			else if ($from.before(d) == pos) targetDepths.splice(1, 0, -d);
		}
		let preferredTargetIndex = targetDepths.indexOf(preferredTarget);
		let leftNodes = [], preferredDepth = slice.openStart;
		for (let content = slice.content, i = 0;; i++) {
			let node = content.firstChild;
			leftNodes.push(node);
			if (i == slice.openStart) break;
			content = node.content;
		}
		for (let d = preferredDepth - 1; d >= 0; d--) {
			let leftNode = leftNodes[d], def = definesContent(leftNode.type);
			if (def && !leftNode.sameMarkup($from.node(Math.abs(preferredTarget) - 1))) preferredDepth = d;
			else if (def || !leftNode.type.isTextblock) break;
		}
		for (let j = slice.openStart; j >= 0; j--) {
			let openDepth = (j + preferredDepth + 1) % (slice.openStart + 1);
			let insert = leftNodes[openDepth];
			if (!insert) continue;
			for (let i = 0; i < targetDepths.length; i++) {
				let targetDepth = targetDepths[(i + preferredTargetIndex) % targetDepths.length], expand = true;
				if (targetDepth < 0) {
					expand = false;
					targetDepth = -targetDepth;
				}
				let parent = $from.node(targetDepth - 1), index = $from.index(targetDepth - 1);
				if (parent.canReplaceWith(index, index, insert.type, insert.marks)) return tr.replace($from.before(targetDepth), expand ? $to.after(targetDepth) : to, new Slice(closeFragment(slice.content, 0, slice.openStart, openDepth), openDepth, slice.openEnd));
			}
		}
		let startSteps = tr.steps.length;
		for (let i = targetDepths.length - 1; i >= 0; i--) {
			tr.replace(from, to, slice);
			if (tr.steps.length > startSteps) break;
			let depth = targetDepths[i];
			if (depth < 0) continue;
			from = $from.before(depth);
			to = $to.after(depth);
		}
	}
	function closeFragment(fragment, depth, oldOpen, newOpen, parent) {
		if (depth < oldOpen) {
			let first = fragment.firstChild;
			fragment = fragment.replaceChild(0, first.copy(closeFragment(first.content, depth + 1, oldOpen, newOpen, first)));
		}
		if (depth > newOpen) {
			let match = parent.contentMatchAt(0);
			let start = match.fillBefore(fragment).append(fragment);
			fragment = start.append(match.matchFragment(start).fillBefore(Fragment.empty, true));
		}
		return fragment;
	}
	function replaceRangeWith(tr, from, to, node) {
		if (!node.isInline && from == to && tr.doc.resolve(from).parent.content.size) {
			let point = insertPoint(tr.doc, from, node.type);
			if (point != null) from = to = point;
		}
		tr.replaceRange(from, to, new Slice(Fragment.from(node), 0, 0));
	}
	function deleteRange(tr, from, to) {
		let $from = tr.doc.resolve(from), $to = tr.doc.resolve(to);
		if ($from.parent.isTextblock && $to.parent.isTextblock && $from.start() != $to.start() && $from.parentOffset == 0 && $to.parentOffset == 0) {
			let shared = $from.sharedDepth(to), isolated = false;
			for (let d = $from.depth; d > shared; d--) if ($from.node(d).type.spec.isolating) isolated = true;
			for (let d = $to.depth; d > shared; d--) if ($to.node(d).type.spec.isolating) isolated = true;
			if (!isolated) {
				for (let d = $from.depth; d > 0 && from == $from.start(d); d--) from = $from.before(d);
				for (let d = $to.depth; d > 0 && to == $to.start(d); d--) to = $to.before(d);
				$from = tr.doc.resolve(from);
				$to = tr.doc.resolve(to);
			}
		}
		let covered = coveredDepths($from, $to);
		for (let i = 0; i < covered.length; i++) {
			let depth = covered[i], last = i == covered.length - 1;
			if (last && depth == 0 || $from.node(depth).type.contentMatch.validEnd) return tr.delete($from.start(depth), $to.end(depth));
			if (depth > 0 && (last || $from.node(depth - 1).canReplace($from.index(depth - 1), $to.indexAfter(depth - 1)))) return tr.delete($from.before(depth), $to.after(depth));
		}
		for (let d = 1; d <= $from.depth && d <= $to.depth; d++) if (from - $from.start(d) == $from.depth - d && to > $from.end(d) && $to.end(d) - to != $to.depth - d && $from.start(d - 1) == $to.start(d - 1) && $from.node(d - 1).canReplace($from.index(d - 1), $to.index(d - 1))) return tr.delete($from.before(d), to);
		tr.delete(from, to);
	}
	function coveredDepths($from, $to) {
		let result = [], minDepth = Math.min($from.depth, $to.depth);
		for (let d = minDepth; d >= 0; d--) {
			let start = $from.start(d);
			if (start < $from.pos - ($from.depth - d) || $to.end(d) > $to.pos + ($to.depth - d) || $from.node(d).type.spec.isolating || $to.node(d).type.spec.isolating) break;
			if (start == $to.start(d) || d == $from.depth && d == $to.depth && $from.parent.inlineContent && $to.parent.inlineContent && d && $to.start(d - 1) == start - 1) result.push(d);
		}
		return result;
	}
	var AttrStep = class AttrStep extends Step {
		constructor(pos, attr, value) {
			super();
			this.pos = pos;
			this.attr = attr;
			this.value = value;
		}
		apply(doc) {
			let node = doc.nodeAt(this.pos);
			if (!node) return StepResult.fail("No node at attribute step's position");
			let attrs = Object.create(null);
			for (let name in node.attrs) attrs[name] = node.attrs[name];
			attrs[this.attr] = this.value;
			let updated = node.type.create(attrs, null, node.marks);
			return StepResult.fromReplace(doc, this.pos, this.pos + 1, new Slice(Fragment.from(updated), 0, node.isLeaf ? 0 : 1));
		}
		getMap() {
			return StepMap.empty;
		}
		invert(doc) {
			return new AttrStep(this.pos, this.attr, doc.nodeAt(this.pos).attrs[this.attr]);
		}
		map(mapping) {
			let pos = mapping.mapResult(this.pos, 1);
			return pos.deletedAfter ? null : new AttrStep(pos.pos, this.attr, this.value);
		}
		toJSON() {
			return {
				stepType: "attr",
				pos: this.pos,
				attr: this.attr,
				value: this.value
			};
		}
		static fromJSON(schema, json) {
			if (typeof json.pos != "number" || typeof json.attr != "string") throw new RangeError("Invalid input for AttrStep.fromJSON");
			return new AttrStep(json.pos, json.attr, json.value);
		}
	};
	Step.jsonID("attr", AttrStep);
	var DocAttrStep = class DocAttrStep extends Step {
		constructor(attr, value) {
			super();
			this.attr = attr;
			this.value = value;
		}
		apply(doc) {
			let attrs = Object.create(null);
			for (let name in doc.attrs) attrs[name] = doc.attrs[name];
			attrs[this.attr] = this.value;
			let updated = doc.type.create(attrs, doc.content, doc.marks);
			return StepResult.ok(updated);
		}
		getMap() {
			return StepMap.empty;
		}
		invert(doc) {
			return new DocAttrStep(this.attr, doc.attrs[this.attr]);
		}
		map(mapping) {
			return this;
		}
		toJSON() {
			return {
				stepType: "docAttr",
				attr: this.attr,
				value: this.value
			};
		}
		static fromJSON(schema, json) {
			if (typeof json.attr != "string") throw new RangeError("Invalid input for DocAttrStep.fromJSON");
			return new DocAttrStep(json.attr, json.value);
		}
	};
	Step.jsonID("docAttr", DocAttrStep);
	let TransformError = class extends Error {};
	TransformError = function TransformError(message) {
		let err = Error.call(this, message);
		err.__proto__ = TransformError.prototype;
		return err;
	};
	TransformError.prototype = Object.create(Error.prototype);
	TransformError.prototype.constructor = TransformError;
	TransformError.prototype.name = "TransformError";
	var Transform = class {
		constructor(doc) {
			this.doc = doc;
			this.steps = [];
			this.docs = [];
			this.mapping = new Mapping();
		}
		get before() {
			return this.docs.length ? this.docs[0] : this.doc;
		}
		step(step) {
			let result = this.maybeStep(step);
			if (result.failed) throw new TransformError(result.failed);
			return this;
		}
		maybeStep(step) {
			let result = step.apply(this.doc);
			if (!result.failed) this.addStep(step, result.doc);
			return result;
		}
		get docChanged() {
			return this.steps.length > 0;
		}
		changedRange() {
			let from = 1e9, to = -1e9;
			for (let i = 0; i < this.mapping.maps.length; i++) {
				let map = this.mapping.maps[i];
				if (i) {
					from = map.map(from, 1);
					to = map.map(to, -1);
				}
				map.forEach((_f, _t, fromB, toB) => {
					from = Math.min(from, fromB);
					to = Math.max(to, toB);
				});
			}
			return from == 1e9 ? null : {
				from,
				to
			};
		}
		addStep(step, doc) {
			this.docs.push(this.doc);
			this.steps.push(step);
			this.mapping.appendMap(step.getMap());
			this.doc = doc;
		}
		replace(from, to = from, slice = Slice.empty) {
			let step = replaceStep(this.doc, from, to, slice);
			if (step) this.step(step);
			return this;
		}
		replaceWith(from, to, content) {
			return this.replace(from, to, new Slice(Fragment.from(content), 0, 0));
		}
		delete(from, to) {
			return this.replace(from, to, Slice.empty);
		}
		insert(pos, content) {
			return this.replaceWith(pos, pos, content);
		}
		replaceRange(from, to, slice) {
			replaceRange(this, from, to, slice);
			return this;
		}
		replaceRangeWith(from, to, node) {
			replaceRangeWith(this, from, to, node);
			return this;
		}
		deleteRange(from, to) {
			deleteRange(this, from, to);
			return this;
		}
		lift(range, target) {
			lift$1(this, range, target);
			return this;
		}
		join(pos, depth = 1) {
			join(this, pos, depth);
			return this;
		}
		wrap(range, wrappers) {
			wrap(this, range, wrappers);
			return this;
		}
		setBlockType(from, to = from, type, attrs = null) {
			setBlockType$1(this, from, to, type, attrs);
			return this;
		}
		setNodeMarkup(pos, type, attrs = null, marks) {
			setNodeMarkup(this, pos, type, attrs, marks);
			return this;
		}
		setNodeAttribute(pos, attr, value) {
			this.step(new AttrStep(pos, attr, value));
			return this;
		}
		setDocAttribute(attr, value) {
			this.step(new DocAttrStep(attr, value));
			return this;
		}
		addNodeMark(pos, mark) {
			this.step(new AddNodeMarkStep(pos, mark));
			return this;
		}
		removeNodeMark(pos, mark) {
			let node = this.doc.nodeAt(pos);
			if (!node) throw new RangeError("No node at position " + pos);
			if (mark instanceof Mark) {
				if (mark.isInSet(node.marks)) this.step(new RemoveNodeMarkStep(pos, mark));
			} else {
				let set = node.marks, found, steps = [];
				while (found = mark.isInSet(set)) {
					steps.push(new RemoveNodeMarkStep(pos, found));
					set = found.removeFromSet(set);
				}
				for (let i = steps.length - 1; i >= 0; i--) this.step(steps[i]);
			}
			return this;
		}
		split(pos, depth = 1, typesAfter) {
			split(this, pos, depth, typesAfter);
			return this;
		}
		addMark(from, to, mark) {
			addMark(this, from, to, mark);
			return this;
		}
		removeMark(from, to, mark) {
			removeMark(this, from, to, mark);
			return this;
		}
		clearIncompatible(pos, parentType, match) {
			clearIncompatible(this, pos, parentType, match);
			return this;
		}
	};
	const classesById = Object.create(null);
	var Selection = class {
		constructor($anchor, $head, ranges) {
			this.$anchor = $anchor;
			this.$head = $head;
			this.ranges = ranges || [new SelectionRange($anchor.min($head), $anchor.max($head))];
		}
		get anchor() {
			return this.$anchor.pos;
		}
		get head() {
			return this.$head.pos;
		}
		get from() {
			return this.$from.pos;
		}
		get to() {
			return this.$to.pos;
		}
		get $from() {
			return this.ranges[0].$from;
		}
		get $to() {
			return this.ranges[0].$to;
		}
		get empty() {
			let ranges = this.ranges;
			for (let i = 0; i < ranges.length; i++) if (ranges[i].$from.pos != ranges[i].$to.pos) return false;
			return true;
		}
		content() {
			return this.$from.doc.slice(this.from, this.to, true);
		}
		replace(tr, content = Slice.empty) {
			let lastNode = content.content.lastChild, lastParent = null;
			for (let i = 0; i < content.openEnd; i++) {
				lastParent = lastNode;
				lastNode = lastNode.lastChild;
			}
			let mapFrom = tr.steps.length, ranges = this.ranges;
			for (let i = 0; i < ranges.length; i++) {
				let { $from, $to } = ranges[i], mapping = tr.mapping.slice(mapFrom);
				tr.replaceRange(mapping.map($from.pos), mapping.map($to.pos), i ? Slice.empty : content);
				if (i == 0) selectionToInsertionEnd(tr, mapFrom, (lastNode ? lastNode.isInline : lastParent && lastParent.isTextblock) ? -1 : 1);
			}
		}
		replaceWith(tr, node) {
			let mapFrom = tr.steps.length, ranges = this.ranges;
			for (let i = 0; i < ranges.length; i++) {
				let { $from, $to } = ranges[i], mapping = tr.mapping.slice(mapFrom);
				let from = mapping.map($from.pos), to = mapping.map($to.pos);
				if (i) tr.deleteRange(from, to);
				else {
					tr.replaceRangeWith(from, to, node);
					selectionToInsertionEnd(tr, mapFrom, node.isInline ? -1 : 1);
				}
			}
		}
		static findFrom($pos, dir, textOnly = false) {
			let inner = $pos.parent.inlineContent ? new TextSelection($pos) : findSelectionIn($pos.node(0), $pos.parent, $pos.pos, $pos.index(), dir, textOnly);
			if (inner) return inner;
			for (let depth = $pos.depth - 1; depth >= 0; depth--) {
				let found = dir < 0 ? findSelectionIn($pos.node(0), $pos.node(depth), $pos.before(depth + 1), $pos.index(depth), dir, textOnly) : findSelectionIn($pos.node(0), $pos.node(depth), $pos.after(depth + 1), $pos.index(depth) + 1, dir, textOnly);
				if (found) return found;
			}
			return null;
		}
		static near($pos, bias = 1) {
			return this.findFrom($pos, bias) || this.findFrom($pos, -bias) || new AllSelection($pos.node(0));
		}
		static atStart(doc) {
			return findSelectionIn(doc, doc, 0, 0, 1) || new AllSelection(doc);
		}
		static atEnd(doc) {
			return findSelectionIn(doc, doc, doc.content.size, doc.childCount, -1) || new AllSelection(doc);
		}
		static fromJSON(doc, json) {
			if (!json || !json.type) throw new RangeError("Invalid input for Selection.fromJSON");
			let cls = classesById[json.type];
			if (!cls) throw new RangeError(`No selection type ${json.type} defined`);
			return cls.fromJSON(doc, json);
		}
		static jsonID(id, selectionClass) {
			if (id in classesById) throw new RangeError("Duplicate use of selection JSON ID " + id);
			classesById[id] = selectionClass;
			selectionClass.prototype.jsonID = id;
			return selectionClass;
		}
		getBookmark() {
			return TextSelection.between(this.$anchor, this.$head).getBookmark();
		}
	};
	Selection.prototype.visible = true;
	var SelectionRange = class {
		constructor($from, $to) {
			this.$from = $from;
			this.$to = $to;
		}
	};
	let warnedAboutTextSelection = false;
	function checkTextSelection($pos) {
		if (!warnedAboutTextSelection && !$pos.parent.inlineContent) {
			warnedAboutTextSelection = true;
			console["warn"]("TextSelection endpoint not pointing into a node with inline content (" + $pos.parent.type.name + ")");
		}
	}
	var TextSelection = class TextSelection extends Selection {
		constructor($anchor, $head = $anchor) {
			checkTextSelection($anchor);
			checkTextSelection($head);
			super($anchor, $head);
		}
		get $cursor() {
			return this.$anchor.pos == this.$head.pos ? this.$head : null;
		}
		map(doc, mapping) {
			let $head = doc.resolve(mapping.map(this.head));
			if (!$head.parent.inlineContent) return Selection.near($head);
			let $anchor = doc.resolve(mapping.map(this.anchor));
			return new TextSelection($anchor.parent.inlineContent ? $anchor : $head, $head);
		}
		replace(tr, content = Slice.empty) {
			super.replace(tr, content);
			if (content == Slice.empty) {
				let marks = this.$from.marksAcross(this.$to);
				if (marks) tr.ensureMarks(marks);
			}
		}
		eq(other) {
			return other instanceof TextSelection && other.anchor == this.anchor && other.head == this.head;
		}
		getBookmark() {
			return new TextBookmark(this.anchor, this.head);
		}
		toJSON() {
			return {
				type: "text",
				anchor: this.anchor,
				head: this.head
			};
		}
		static fromJSON(doc, json) {
			if (typeof json.anchor != "number" || typeof json.head != "number") throw new RangeError("Invalid input for TextSelection.fromJSON");
			return new TextSelection(doc.resolve(json.anchor), doc.resolve(json.head));
		}
		static create(doc, anchor, head = anchor) {
			let $anchor = doc.resolve(anchor);
			return new this($anchor, head == anchor ? $anchor : doc.resolve(head));
		}
		static between($anchor, $head, bias) {
			let dPos = $anchor.pos - $head.pos;
			if (!bias || dPos) bias = dPos >= 0 ? 1 : -1;
			if (!$head.parent.inlineContent) {
				let found = Selection.findFrom($head, bias, true) || Selection.findFrom($head, -bias, true);
				if (found) $head = found.$head;
				else return Selection.near($head, bias);
			}
			if (!$anchor.parent.inlineContent) {
				if (dPos == 0) $anchor = $head;
				else {
					$anchor = (Selection.findFrom($anchor, -bias, true) || Selection.findFrom($anchor, bias, true)).$anchor;
					if ($anchor.pos < $head.pos != dPos < 0) $anchor = $head;
				}
			}
			return new TextSelection($anchor, $head);
		}
	};
	Selection.jsonID("text", TextSelection);
	var TextBookmark = class TextBookmark {
		constructor(anchor, head) {
			this.anchor = anchor;
			this.head = head;
		}
		map(mapping) {
			return new TextBookmark(mapping.map(this.anchor), mapping.map(this.head));
		}
		resolve(doc) {
			return TextSelection.between(doc.resolve(this.anchor), doc.resolve(this.head));
		}
	};
	var NodeSelection = class NodeSelection extends Selection {
		constructor($pos) {
			let node = $pos.nodeAfter;
			let $end = $pos.node(0).resolve($pos.pos + node.nodeSize);
			super($pos, $end);
			this.node = node;
		}
		map(doc, mapping) {
			let { deleted, pos } = mapping.mapResult(this.anchor);
			let $pos = doc.resolve(pos);
			if (deleted) return Selection.near($pos);
			return new NodeSelection($pos);
		}
		content() {
			return new Slice(Fragment.from(this.node), 0, 0);
		}
		eq(other) {
			return other instanceof NodeSelection && other.anchor == this.anchor;
		}
		toJSON() {
			return {
				type: "node",
				anchor: this.anchor
			};
		}
		getBookmark() {
			return new NodeBookmark(this.anchor);
		}
		static fromJSON(doc, json) {
			if (typeof json.anchor != "number") throw new RangeError("Invalid input for NodeSelection.fromJSON");
			return new NodeSelection(doc.resolve(json.anchor));
		}
		static create(doc, from) {
			return new NodeSelection(doc.resolve(from));
		}
		static isSelectable(node) {
			return !node.isText && node.type.spec.selectable !== false;
		}
	};
	NodeSelection.prototype.visible = false;
	Selection.jsonID("node", NodeSelection);
	var NodeBookmark = class NodeBookmark {
		constructor(anchor) {
			this.anchor = anchor;
		}
		map(mapping) {
			let { deleted, pos } = mapping.mapResult(this.anchor);
			return deleted ? new TextBookmark(pos, pos) : new NodeBookmark(pos);
		}
		resolve(doc) {
			let $pos = doc.resolve(this.anchor), node = $pos.nodeAfter;
			if (node && NodeSelection.isSelectable(node)) return new NodeSelection($pos);
			return Selection.near($pos);
		}
	};
	var AllSelection = class AllSelection extends Selection {
		constructor(doc) {
			super(doc.resolve(0), doc.resolve(doc.content.size));
		}
		replace(tr, content = Slice.empty) {
			if (content == Slice.empty) {
				tr.delete(0, tr.doc.content.size);
				let sel = Selection.atStart(tr.doc);
				if (!sel.eq(tr.selection)) tr.setSelection(sel);
			} else super.replace(tr, content);
		}
		toJSON() {
			return { type: "all" };
		}
		static fromJSON(doc) {
			return new AllSelection(doc);
		}
		map(doc) {
			return new AllSelection(doc);
		}
		eq(other) {
			return other instanceof AllSelection;
		}
		getBookmark() {
			return AllBookmark;
		}
	};
	Selection.jsonID("all", AllSelection);
	const AllBookmark = {
		map() {
			return this;
		},
		resolve(doc) {
			return new AllSelection(doc);
		}
	};
	function findSelectionIn(doc, node, pos, index, dir, text = false) {
		if (node.inlineContent) return TextSelection.create(doc, pos);
		for (let i = index - (dir > 0 ? 0 : 1); dir > 0 ? i < node.childCount : i >= 0; i += dir) {
			let child = node.child(i);
			if (!child.isAtom) {
				let inner = findSelectionIn(doc, child, pos + dir, dir < 0 ? child.childCount : 0, dir, text);
				if (inner) return inner;
			} else if (!text && NodeSelection.isSelectable(child)) return NodeSelection.create(doc, pos - (dir < 0 ? child.nodeSize : 0));
			pos += child.nodeSize * dir;
		}
		return null;
	}
	function selectionToInsertionEnd(tr, startLen, bias) {
		let last = tr.steps.length - 1;
		if (last < startLen) return;
		let step = tr.steps[last];
		if (!(step instanceof ReplaceStep || step instanceof ReplaceAroundStep)) return;
		let map = tr.mapping.maps[last], end;
		map.forEach((_from, _to, _newFrom, newTo) => {
			if (end == null) end = newTo;
		});
		tr.setSelection(Selection.near(tr.doc.resolve(end), bias));
	}
	const UPDATED_SEL = 1;
	const UPDATED_MARKS = 2;
	const UPDATED_SCROLL = 4;
	var Transaction = class extends Transform {
		constructor(state) {
			super(state.doc);
			this.curSelectionFor = 0;
			this.updated = 0;
			this.meta = Object.create(null);
			this.time = Date.now();
			this.curSelection = state.selection;
			this.storedMarks = state.storedMarks;
		}
		get selection() {
			if (this.curSelectionFor < this.steps.length) {
				this.curSelection = this.curSelection.map(this.doc, this.mapping.slice(this.curSelectionFor));
				this.curSelectionFor = this.steps.length;
			}
			return this.curSelection;
		}
		setSelection(selection) {
			if (selection.$from.doc != this.doc) throw new RangeError("Selection passed to setSelection must point at the current document");
			this.curSelection = selection;
			this.curSelectionFor = this.steps.length;
			this.updated = (this.updated | UPDATED_SEL) & -3;
			this.storedMarks = null;
			return this;
		}
		get selectionSet() {
			return (this.updated & UPDATED_SEL) > 0;
		}
		setStoredMarks(marks) {
			this.storedMarks = marks;
			this.updated |= UPDATED_MARKS;
			return this;
		}
		ensureMarks(marks) {
			if (!Mark.sameSet(this.storedMarks || this.selection.$from.marks(), marks)) this.setStoredMarks(marks);
			return this;
		}
		addStoredMark(mark) {
			return this.ensureMarks(mark.addToSet(this.storedMarks || this.selection.$head.marks()));
		}
		removeStoredMark(mark) {
			return this.ensureMarks(mark.removeFromSet(this.storedMarks || this.selection.$head.marks()));
		}
		get storedMarksSet() {
			return (this.updated & UPDATED_MARKS) > 0;
		}
		addStep(step, doc) {
			super.addStep(step, doc);
			this.updated = this.updated & -3;
			this.storedMarks = null;
		}
		setTime(time) {
			this.time = time;
			return this;
		}
		replaceSelection(slice) {
			this.selection.replace(this, slice);
			return this;
		}
		replaceSelectionWith(node, inheritMarks = true) {
			let selection = this.selection;
			if (inheritMarks) node = node.mark(this.storedMarks || (selection.empty ? selection.$from.marks() : selection.$from.marksAcross(selection.$to) || Mark.none));
			selection.replaceWith(this, node);
			return this;
		}
		deleteSelection() {
			this.selection.replace(this);
			return this;
		}
		insertText(text, from, to) {
			let schema = this.doc.type.schema;
			if (from == null) {
				if (!text) return this.deleteSelection();
				return this.replaceSelectionWith(schema.text(text), true);
			} else {
				if (to == null) to = from;
				if (!text) return this.deleteRange(from, to);
				let marks = this.storedMarks;
				if (!marks) {
					let $from = this.doc.resolve(from);
					marks = to == from ? $from.marks() : $from.marksAcross(this.doc.resolve(to));
				}
				this.replaceRangeWith(from, to, schema.text(text, marks));
				if (!this.selection.empty && this.selection.to == from + text.length) this.setSelection(Selection.near(this.selection.$to));
				return this;
			}
		}
		setMeta(key, value) {
			this.meta[typeof key == "string" ? key : key.key] = value;
			return this;
		}
		getMeta(key) {
			return this.meta[typeof key == "string" ? key : key.key];
		}
		get isGeneric() {
			for (let _ in this.meta) return false;
			return true;
		}
		scrollIntoView() {
			this.updated |= UPDATED_SCROLL;
			return this;
		}
		get scrolledIntoView() {
			return (this.updated & UPDATED_SCROLL) > 0;
		}
	};
	function bind(f, self) {
		return !self || !f ? f : f.bind(self);
	}
	var FieldDesc = class {
		constructor(name, desc, self) {
			this.name = name;
			this.init = bind(desc.init, self);
			this.apply = bind(desc.apply, self);
		}
	};
	const baseFields = [
		new FieldDesc("doc", {
			init(config) {
				return config.doc || config.schema.topNodeType.createAndFill();
			},
			apply(tr) {
				return tr.doc;
			}
		}),
		new FieldDesc("selection", {
			init(config, instance) {
				return config.selection || Selection.atStart(instance.doc);
			},
			apply(tr) {
				return tr.selection;
			}
		}),
		new FieldDesc("storedMarks", {
			init(config) {
				return config.storedMarks || null;
			},
			apply(tr, _marks, _old, state) {
				return state.selection.$cursor ? tr.storedMarks : null;
			}
		}),
		new FieldDesc("scrollToSelection", {
			init() {
				return 0;
			},
			apply(tr, prev) {
				return tr.scrolledIntoView ? prev + 1 : prev;
			}
		})
	];
	var Configuration = class {
		constructor(schema, plugins) {
			this.schema = schema;
			this.plugins = [];
			this.pluginsByKey = Object.create(null);
			this.fields = baseFields.slice();
			if (plugins) plugins.forEach((plugin) => {
				if (this.pluginsByKey[plugin.key]) throw new RangeError("Adding different instances of a keyed plugin (" + plugin.key + ")");
				this.plugins.push(plugin);
				this.pluginsByKey[plugin.key] = plugin;
				if (plugin.spec.state) this.fields.push(new FieldDesc(plugin.key, plugin.spec.state, plugin));
			});
		}
	};
	var EditorState = class EditorState {
		constructor(config) {
			this.config = config;
		}
		get schema() {
			return this.config.schema;
		}
		get plugins() {
			return this.config.plugins;
		}
		apply(tr) {
			return this.applyTransaction(tr).state;
		}
		filterTransaction(tr, ignore = -1) {
			for (let i = 0; i < this.config.plugins.length; i++) if (i != ignore) {
				let plugin = this.config.plugins[i];
				if (plugin.spec.filterTransaction && !plugin.spec.filterTransaction.call(plugin, tr, this)) return false;
			}
			return true;
		}
		applyTransaction(rootTr) {
			if (!this.filterTransaction(rootTr)) return {
				state: this,
				transactions: []
			};
			let trs = [rootTr], newState = this.applyInner(rootTr), seen = null;
			for (;;) {
				let haveNew = false;
				for (let i = 0; i < this.config.plugins.length; i++) {
					let plugin = this.config.plugins[i];
					if (plugin.spec.appendTransaction) {
						let n = seen ? seen[i].n : 0, oldState = seen ? seen[i].state : this;
						let tr = n < trs.length && plugin.spec.appendTransaction.call(plugin, n ? trs.slice(n) : trs, oldState, newState);
						if (tr && newState.filterTransaction(tr, i)) {
							tr.setMeta("appendedTransaction", rootTr);
							if (!seen) {
								seen = [];
								for (let j = 0; j < this.config.plugins.length; j++) seen.push(j < i ? {
									state: newState,
									n: trs.length
								} : {
									state: this,
									n: 0
								});
							}
							trs.push(tr);
							newState = newState.applyInner(tr);
							haveNew = true;
						}
						if (seen) seen[i] = {
							state: newState,
							n: trs.length
						};
					}
				}
				if (!haveNew) return {
					state: newState,
					transactions: trs
				};
			}
		}
		applyInner(tr) {
			if (!tr.before.eq(this.doc)) throw new RangeError("Applying a mismatched transaction");
			let newInstance = new EditorState(this.config), fields = this.config.fields;
			for (let i = 0; i < fields.length; i++) {
				let field = fields[i];
				newInstance[field.name] = field.apply(tr, this[field.name], this, newInstance);
			}
			return newInstance;
		}
		get tr() {
			return new Transaction(this);
		}
		static create(config) {
			let $config = new Configuration(config.doc ? config.doc.type.schema : config.schema, config.plugins);
			let instance = new EditorState($config);
			for (let i = 0; i < $config.fields.length; i++) instance[$config.fields[i].name] = $config.fields[i].init(config, instance);
			return instance;
		}
		reconfigure(config) {
			let $config = new Configuration(this.schema, config.plugins);
			let fields = $config.fields, instance = new EditorState($config);
			for (let i = 0; i < fields.length; i++) {
				let name = fields[i].name;
				instance[name] = this.hasOwnProperty(name) ? this[name] : fields[i].init(config, instance);
			}
			return instance;
		}
		toJSON(pluginFields) {
			let result = {
				doc: this.doc.toJSON(),
				selection: this.selection.toJSON()
			};
			if (this.storedMarks) result.storedMarks = this.storedMarks.map((m) => m.toJSON());
			if (pluginFields && typeof pluginFields == "object") for (let prop in pluginFields) {
				if (prop == "doc" || prop == "selection") throw new RangeError("The JSON fields `doc` and `selection` are reserved");
				let plugin = pluginFields[prop], state = plugin.spec.state;
				if (state && state.toJSON) result[prop] = state.toJSON.call(plugin, this[plugin.key]);
			}
			return result;
		}
		static fromJSON(config, json, pluginFields) {
			if (!json) throw new RangeError("Invalid input for EditorState.fromJSON");
			if (!config.schema) throw new RangeError("Required config field 'schema' missing");
			let $config = new Configuration(config.schema, config.plugins);
			let instance = new EditorState($config);
			$config.fields.forEach((field) => {
				if (field.name == "doc") instance.doc = Node.fromJSON(config.schema, json.doc);
				else if (field.name == "selection") instance.selection = Selection.fromJSON(instance.doc, json.selection);
				else if (field.name == "storedMarks") {
					if (json.storedMarks) instance.storedMarks = json.storedMarks.map(config.schema.markFromJSON);
				} else {
					if (pluginFields) for (let prop in pluginFields) {
						let plugin = pluginFields[prop], state = plugin.spec.state;
						if (plugin.key == field.name && state && state.fromJSON && Object.prototype.hasOwnProperty.call(json, prop)) {
							instance[field.name] = state.fromJSON.call(plugin, config, json[prop], instance);
							return;
						}
					}
					instance[field.name] = field.init(config, instance);
				}
			});
			return instance;
		}
	};
	function bindProps(obj, self, target) {
		for (let prop in obj) {
			let val = obj[prop];
			if (val instanceof Function) val = val.bind(self);
			else if (prop == "handleDOMEvents") val = bindProps(val, self, {});
			target[prop] = val;
		}
		return target;
	}
	var Plugin = class {
		constructor(spec) {
			this.spec = spec;
			this.props = {};
			if (spec.props) bindProps(spec.props, this, this.props);
			this.key = spec.key ? spec.key.key : createKey("plugin");
		}
		getState(state) {
			return state[this.key];
		}
	};
	const keys = Object.create(null);
	function createKey(name) {
		if (name in keys) return name + "$" + ++keys[name];
		keys[name] = 0;
		return name + "$";
	}
	var PluginKey = class {
		constructor(name = "key") {
			this.key = createKey(name);
		}
		get(state) {
			return state.config.pluginsByKey[this.key];
		}
		getState(state) {
			return state[this.key];
		}
	};
	const deleteSelection = (state, dispatch) => {
		if (state.selection.empty) return false;
		if (dispatch) dispatch(state.tr.deleteSelection().scrollIntoView());
		return true;
	};
	function atBlockStart(state, view) {
		let { $cursor } = state.selection;
		if (!$cursor || (view ? !view.endOfTextblock("backward", state) : $cursor.parentOffset > 0)) return null;
		return $cursor;
	}
	const joinBackward = (state, dispatch, view) => {
		let $cursor = atBlockStart(state, view);
		if (!$cursor) return false;
		let $cut = findCutBefore($cursor);
		if (!$cut) {
			let range = $cursor.blockRange(), target = range && liftTarget(range);
			if (target == null) return false;
			if (dispatch) dispatch(state.tr.lift(range, target).scrollIntoView());
			return true;
		}
		let before = $cut.nodeBefore;
		if (deleteBarrier(state, $cut, dispatch, -1)) return true;
		if ($cursor.parent.content.size == 0 && (textblockAt(before, "end") || NodeSelection.isSelectable(before))) for (let depth = $cursor.depth;; depth--) {
			let delStep = replaceStep(state.doc, $cursor.before(depth), $cursor.after(depth), Slice.empty);
			if (delStep && delStep.slice.size < delStep.to - delStep.from) {
				if (dispatch) {
					let tr = state.tr.step(delStep);
					tr.setSelection(textblockAt(before, "end") ? Selection.findFrom(tr.doc.resolve(tr.mapping.map($cut.pos, -1)), -1) : NodeSelection.create(tr.doc, $cut.pos - before.nodeSize));
					dispatch(tr.scrollIntoView());
				}
				return true;
			}
			if (depth == 1 || $cursor.node(depth - 1).childCount > 1) break;
		}
		if (before.isAtom && $cut.depth == $cursor.depth - 1) {
			if (dispatch) dispatch(state.tr.delete($cut.pos - before.nodeSize, $cut.pos).scrollIntoView());
			return true;
		}
		return false;
	};
	function textblockAt(node, side, only = false) {
		for (let scan = node; scan; scan = side == "start" ? scan.firstChild : scan.lastChild) {
			if (scan.isTextblock) return true;
			if (only && scan.childCount != 1) return false;
		}
		return false;
	}
	const selectNodeBackward = (state, dispatch, view) => {
		let { $head, empty } = state.selection, $cut = $head;
		if (!empty) return false;
		if ($head.parent.isTextblock) {
			if (view ? !view.endOfTextblock("backward", state) : $head.parentOffset > 0) return false;
			$cut = findCutBefore($head);
		}
		let node = $cut && $cut.nodeBefore;
		if (!node || !NodeSelection.isSelectable(node)) return false;
		if (dispatch) dispatch(state.tr.setSelection(NodeSelection.create(state.doc, $cut.pos - node.nodeSize)).scrollIntoView());
		return true;
	};
	function findCutBefore($pos) {
		if (!$pos.parent.type.spec.isolating) for (let i = $pos.depth - 1; i >= 0; i--) {
			if ($pos.index(i) > 0) return $pos.doc.resolve($pos.before(i + 1));
			if ($pos.node(i).type.spec.isolating) break;
		}
		return null;
	}
	function atBlockEnd(state, view) {
		let { $cursor } = state.selection;
		if (!$cursor || (view ? !view.endOfTextblock("forward", state) : $cursor.parentOffset < $cursor.parent.content.size)) return null;
		return $cursor;
	}
	const joinForward = (state, dispatch, view) => {
		let $cursor = atBlockEnd(state, view);
		if (!$cursor) return false;
		let $cut = findCutAfter($cursor);
		if (!$cut) return false;
		let after = $cut.nodeAfter;
		if (deleteBarrier(state, $cut, dispatch, 1)) return true;
		if ($cursor.parent.content.size == 0 && (textblockAt(after, "start") || NodeSelection.isSelectable(after))) {
			let delStep = replaceStep(state.doc, $cursor.before(), $cursor.after(), Slice.empty);
			if (delStep && delStep.slice.size < delStep.to - delStep.from) {
				if (dispatch) {
					let tr = state.tr.step(delStep);
					tr.setSelection(textblockAt(after, "start") ? Selection.findFrom(tr.doc.resolve(tr.mapping.map($cut.pos)), 1) : NodeSelection.create(tr.doc, tr.mapping.map($cut.pos)));
					dispatch(tr.scrollIntoView());
				}
				return true;
			}
		}
		if (after.isAtom && $cut.depth == $cursor.depth - 1) {
			if (dispatch) dispatch(state.tr.delete($cut.pos, $cut.pos + after.nodeSize).scrollIntoView());
			return true;
		}
		return false;
	};
	const selectNodeForward = (state, dispatch, view) => {
		let { $head, empty } = state.selection, $cut = $head;
		if (!empty) return false;
		if ($head.parent.isTextblock) {
			if (view ? !view.endOfTextblock("forward", state) : $head.parentOffset < $head.parent.content.size) return false;
			$cut = findCutAfter($head);
		}
		let node = $cut && $cut.nodeAfter;
		if (!node || !NodeSelection.isSelectable(node)) return false;
		if (dispatch) dispatch(state.tr.setSelection(NodeSelection.create(state.doc, $cut.pos)).scrollIntoView());
		return true;
	};
	function findCutAfter($pos) {
		if (!$pos.parent.type.spec.isolating) for (let i = $pos.depth - 1; i >= 0; i--) {
			let parent = $pos.node(i);
			if ($pos.index(i) + 1 < parent.childCount) return $pos.doc.resolve($pos.after(i + 1));
			if (parent.type.spec.isolating) break;
		}
		return null;
	}
	const lift = (state, dispatch) => {
		let { $from, $to } = state.selection;
		let range = $from.blockRange($to), target = range && liftTarget(range);
		if (target == null) return false;
		if (dispatch) dispatch(state.tr.lift(range, target).scrollIntoView());
		return true;
	};
	const newlineInCode = (state, dispatch) => {
		let { $head, $anchor } = state.selection;
		if (!$head.parent.type.spec.code || !$head.sameParent($anchor)) return false;
		if (dispatch) dispatch(state.tr.insertText("\n").scrollIntoView());
		return true;
	};
	function defaultBlockAt(match) {
		for (let i = 0; i < match.edgeCount; i++) {
			let { type } = match.edge(i);
			if (type.isTextblock && !type.hasRequiredAttrs()) return type;
		}
		return null;
	}
	const exitCode = (state, dispatch) => {
		let { $head, $anchor } = state.selection;
		if (!$head.parent.type.spec.code || !$head.sameParent($anchor)) return false;
		let above = $head.node(-1), after = $head.indexAfter(-1), type = defaultBlockAt(above.contentMatchAt(after));
		if (!type || !above.canReplaceWith(after, after, type)) return false;
		if (dispatch) {
			let pos = $head.after(), tr = state.tr.replaceWith(pos, pos, type.createAndFill());
			tr.setSelection(Selection.near(tr.doc.resolve(pos), 1));
			dispatch(tr.scrollIntoView());
		}
		return true;
	};
	const createParagraphNear = (state, dispatch) => {
		let sel = state.selection, { $from, $to } = sel;
		if (sel instanceof AllSelection || $from.parent.inlineContent || $to.parent.inlineContent) return false;
		let type = defaultBlockAt($to.parent.contentMatchAt($to.indexAfter()));
		if (!type || !type.isTextblock) return false;
		if (dispatch) {
			let side = (!$from.parentOffset && $to.index() < $to.parent.childCount ? $from : $to).pos;
			let tr = state.tr.insert(side, type.createAndFill());
			tr.setSelection(TextSelection.create(tr.doc, side + 1));
			dispatch(tr.scrollIntoView());
		}
		return true;
	};
	const liftEmptyBlock = (state, dispatch) => {
		let { $cursor } = state.selection;
		if (!$cursor || $cursor.parent.content.size) return false;
		if ($cursor.depth > 1 && $cursor.after() != $cursor.end(-1)) {
			let before = $cursor.before();
			if (canSplit(state.doc, before)) {
				if (dispatch) dispatch(state.tr.split(before).scrollIntoView());
				return true;
			}
		}
		let range = $cursor.blockRange(), target = range && liftTarget(range);
		if (target == null) return false;
		if (dispatch) dispatch(state.tr.lift(range, target).scrollIntoView());
		return true;
	};
	function splitBlockAs(splitNode) {
		return (state, dispatch) => {
			if (state.selection instanceof NodeSelection && state.selection.node.isBlock) {
				let { $from } = state.selection;
				if (!$from.parentOffset || !canSplit(state.doc, $from.pos)) return false;
				if (dispatch) dispatch(state.tr.split($from.pos).scrollIntoView());
				return true;
			}
			if (!state.selection.$from.depth) return false;
			let tr = state.tr;
			if (!state.selection.empty && (state.selection instanceof TextSelection || state.selection instanceof AllSelection)) tr.deleteSelection();
			let { $from } = tr.selection, mapFrom = tr.steps.length;
			let types = [];
			let splitDepth, deflt, atEnd = false, atStart = false;
			for (let d = $from.depth;; d--) if ($from.node(d).isBlock) {
				atEnd = $from.end(d) == $from.pos + ($from.depth - d);
				atStart = $from.start(d) == $from.pos - ($from.depth - d);
				deflt = defaultBlockAt($from.node(d - 1).contentMatchAt($from.indexAfter(d - 1)));
				let splitType = splitNode && splitNode($from.parent, atEnd, $from);
				types.unshift(splitType || (atEnd && deflt ? { type: deflt } : null));
				splitDepth = d;
				break;
			} else {
				if (d == 1) return false;
				types.unshift(null);
			}
			let splitPos = $from.pos;
			let can = canSplit(tr.doc, splitPos, types.length, types);
			if (!can) {
				types[0] = deflt ? { type: deflt } : null;
				can = canSplit(tr.doc, splitPos, types.length, types);
			}
			if (!can) return false;
			tr.split(splitPos, types.length, types);
			if (!atEnd && atStart && $from.node(splitDepth).type != deflt) {
				let mapping = tr.mapping.slice(mapFrom);
				let first = mapping.map($from.before(splitDepth)), $first = tr.doc.resolve(first);
				if (deflt && $from.node(splitDepth - 1).canReplaceWith($first.index(), $first.index() + 1, deflt)) tr.setNodeMarkup(mapping.map($from.before(splitDepth)), deflt);
			}
			if (dispatch) dispatch(tr.scrollIntoView());
			return true;
		};
	}
	const splitBlock = splitBlockAs();
	const selectAll = (state, dispatch) => {
		if (dispatch) dispatch(state.tr.setSelection(new AllSelection(state.doc)));
		return true;
	};
	function joinMaybeClear(state, $pos, dispatch) {
		let before = $pos.nodeBefore, after = $pos.nodeAfter, index = $pos.index();
		if (!before || !after || !before.type.compatibleContent(after.type)) return false;
		if (!before.content.size && $pos.parent.canReplace(index - 1, index)) {
			if (dispatch) dispatch(state.tr.delete($pos.pos - before.nodeSize, $pos.pos).scrollIntoView());
			return true;
		}
		if (!$pos.parent.canReplace(index, index + 1) || !(after.isTextblock || canJoin(state.doc, $pos.pos))) return false;
		if (dispatch) dispatch(state.tr.join($pos.pos).scrollIntoView());
		return true;
	}
	function deleteBarrier(state, $cut, dispatch, dir) {
		let before = $cut.nodeBefore, after = $cut.nodeAfter, conn, match;
		let isolated = before.type.spec.isolating || after.type.spec.isolating;
		if (!isolated && joinMaybeClear(state, $cut, dispatch)) return true;
		let canDelAfter = !isolated && $cut.parent.canReplace($cut.index(), $cut.index() + 1);
		if (canDelAfter && (conn = (match = before.contentMatchAt(before.childCount)).findWrapping(after.type)) && match.matchType(conn[0] || after.type).validEnd) {
			if (dispatch) {
				let end = $cut.pos + after.nodeSize, wrap = Fragment.empty;
				for (let i = conn.length - 1; i >= 0; i--) wrap = Fragment.from(conn[i].create(null, wrap));
				wrap = Fragment.from(before.copy(wrap));
				let tr = state.tr.step(new ReplaceAroundStep($cut.pos - 1, end, $cut.pos, end, new Slice(wrap, 1, 0), conn.length, true));
				let $joinAt = tr.doc.resolve(end + 2 * conn.length);
				if ($joinAt.nodeAfter && $joinAt.nodeAfter.type == before.type && canJoin(tr.doc, $joinAt.pos)) tr.join($joinAt.pos);
				dispatch(tr.scrollIntoView());
			}
			return true;
		}
		let selAfter = after.type.spec.isolating || dir > 0 && isolated ? null : Selection.findFrom($cut, 1);
		let range = selAfter && selAfter.$from.blockRange(selAfter.$to), target = range && liftTarget(range);
		if (target != null && target >= $cut.depth) {
			if (dispatch) dispatch(state.tr.lift(range, target).scrollIntoView());
			return true;
		}
		if (canDelAfter && textblockAt(after, "start", true) && textblockAt(before, "end")) {
			let at = before, wrap = [];
			for (;;) {
				wrap.push(at);
				if (at.isTextblock) break;
				at = at.lastChild;
			}
			let afterText = after, afterDepth = 1;
			for (; !afterText.isTextblock; afterText = afterText.firstChild) afterDepth++;
			if (at.canReplace(at.childCount, at.childCount, afterText.content)) {
				if (dispatch) {
					let end = Fragment.empty;
					for (let i = wrap.length - 1; i >= 0; i--) end = Fragment.from(wrap[i].copy(end));
					dispatch(state.tr.step(new ReplaceAroundStep($cut.pos - wrap.length, $cut.pos + after.nodeSize, $cut.pos + afterDepth, $cut.pos + after.nodeSize - afterDepth, new Slice(end, wrap.length, 0), 0, true)).scrollIntoView());
				}
				return true;
			}
		}
		return false;
	}
	function selectTextblockSide(side) {
		return function(state, dispatch) {
			let sel = state.selection, $pos = side < 0 ? sel.$from : sel.$to;
			let depth = $pos.depth;
			while ($pos.node(depth).isInline) {
				if (!depth) return false;
				depth--;
			}
			if (!$pos.node(depth).isTextblock) return false;
			if (dispatch) dispatch(state.tr.setSelection(TextSelection.create(state.doc, side < 0 ? $pos.start(depth) : $pos.end(depth))));
			return true;
		};
	}
	const selectTextblockStart = selectTextblockSide(-1);
	const selectTextblockEnd = selectTextblockSide(1);
	function wrapIn(nodeType, attrs = null) {
		return function(state, dispatch) {
			let { $from, $to } = state.selection;
			let range = $from.blockRange($to), wrapping = range && findWrapping(range, nodeType, attrs);
			if (!wrapping) return false;
			if (dispatch) dispatch(state.tr.wrap(range, wrapping).scrollIntoView());
			return true;
		};
	}
	function setBlockType(nodeType, attrs = null) {
		return function(state, dispatch) {
			let applicable = false;
			for (let i = 0; i < state.selection.ranges.length && !applicable; i++) {
				let { $from: { pos: from }, $to: { pos: to } } = state.selection.ranges[i];
				state.doc.nodesBetween(from, to, (node, pos) => {
					if (applicable) return false;
					if (!node.isTextblock || node.hasMarkup(nodeType, attrs)) return;
					if (node.type == nodeType) applicable = true;
					else {
						let $pos = state.doc.resolve(pos), index = $pos.index();
						applicable = $pos.parent.canReplaceWith(index, index + 1, nodeType);
					}
				});
			}
			if (!applicable) return false;
			if (dispatch) {
				let tr = state.tr;
				for (let i = 0; i < state.selection.ranges.length; i++) {
					let { $from: { pos: from }, $to: { pos: to } } = state.selection.ranges[i];
					tr.setBlockType(from, to, nodeType, attrs);
				}
				dispatch(tr.scrollIntoView());
			}
			return true;
		};
	}
	function markApplies(doc, ranges, type, enterAtoms) {
		for (let i = 0; i < ranges.length; i++) {
			let { $from, $to } = ranges[i];
			let can = $from.depth == 0 ? doc.inlineContent && doc.type.allowsMarkType(type) : false;
			doc.nodesBetween($from.pos, $to.pos, (node, pos) => {
				if (can || !enterAtoms && node.isAtom && node.isInline && pos >= $from.pos && pos + node.nodeSize <= $to.pos) return false;
				can = node.inlineContent && node.type.allowsMarkType(type);
			});
			if (can) return true;
		}
		return false;
	}
	function removeInlineAtoms(ranges) {
		let result = [];
		for (let i = 0; i < ranges.length; i++) {
			let { $from, $to } = ranges[i];
			$from.doc.nodesBetween($from.pos, $to.pos, (node, pos) => {
				if (node.isAtom && node.content.size && node.isInline && pos >= $from.pos && pos + node.nodeSize <= $to.pos) {
					if (pos + 1 > $from.pos) result.push(new SelectionRange($from, $from.doc.resolve(pos + 1)));
					$from = $from.doc.resolve(pos + 1 + node.content.size);
					return false;
				}
			});
			if ($from.pos < $to.pos) result.push(new SelectionRange($from, $to));
		}
		return result;
	}
	function toggleMark(markType, attrs = null, options) {
		let removeWhenPresent = (options && options.removeWhenPresent) !== false;
		let enterAtoms = (options && options.enterInlineAtoms) !== false;
		let dropSpace = !(options && options.includeWhitespace);
		return function(state, dispatch) {
			let { empty, $cursor, ranges } = state.selection;
			if (empty && !$cursor || !markApplies(state.doc, ranges, markType, enterAtoms)) return false;
			if (dispatch) {
				if ($cursor) {
					if (markType.isInSet(state.storedMarks || $cursor.marks())) dispatch(state.tr.removeStoredMark(markType));
					else dispatch(state.tr.addStoredMark(markType.create(attrs)));
				} else {
					let add, tr = state.tr;
					if (!enterAtoms) ranges = removeInlineAtoms(ranges);
					if (removeWhenPresent) add = !ranges.some((r) => state.doc.rangeHasMark(r.$from.pos, r.$to.pos, markType));
					else add = !ranges.every((r) => {
						let missing = false;
						tr.doc.nodesBetween(r.$from.pos, r.$to.pos, (node, pos, parent) => {
							if (missing) return false;
							missing = !markType.isInSet(node.marks) && !!parent && parent.type.allowsMarkType(markType) && !(node.isText && /^\s*$/.test(node.textBetween(Math.max(0, r.$from.pos - pos), Math.min(node.nodeSize, r.$to.pos - pos))));
						});
						return !missing;
					});
					for (let i = 0; i < ranges.length; i++) {
						let { $from, $to } = ranges[i];
						if (!add) tr.removeMark($from.pos, $to.pos, markType);
						else {
							let from = $from.pos, to = $to.pos, start = $from.nodeAfter, end = $to.nodeBefore;
							let spaceStart = dropSpace && start && start.isText ? /^\s*/.exec(start.text)[0].length : 0;
							let spaceEnd = dropSpace && end && end.isText ? /\s*$/.exec(end.text)[0].length : 0;
							if (from + spaceStart < to) {
								from += spaceStart;
								to -= spaceEnd;
							}
							tr.addMark(from, to, markType.create(attrs));
						}
					}
					dispatch(tr.scrollIntoView());
				}
			}
			return true;
		};
	}
	function chainCommands(...commands) {
		return function(state, dispatch, view) {
			for (let i = 0; i < commands.length; i++) if (commands[i](state, dispatch, view)) return true;
			return false;
		};
	}
	let backspace = chainCommands(deleteSelection, joinBackward, selectNodeBackward);
	let del = chainCommands(deleteSelection, joinForward, selectNodeForward);
	const pcBaseKeymap = {
		"Enter": chainCommands(newlineInCode, createParagraphNear, liftEmptyBlock, splitBlock),
		"Mod-Enter": exitCode,
		"Backspace": backspace,
		"Mod-Backspace": backspace,
		"Shift-Backspace": backspace,
		"Delete": del,
		"Mod-Delete": del,
		"Mod-a": selectAll
	};
	const macBaseKeymap = {
		"Ctrl-h": pcBaseKeymap["Backspace"],
		"Alt-Backspace": pcBaseKeymap["Mod-Backspace"],
		"Ctrl-d": pcBaseKeymap["Delete"],
		"Ctrl-Alt-Backspace": pcBaseKeymap["Mod-Delete"],
		"Alt-Delete": pcBaseKeymap["Mod-Delete"],
		"Alt-d": pcBaseKeymap["Mod-Delete"],
		"Ctrl-a": selectTextblockStart,
		"Ctrl-e": selectTextblockEnd
	};
	for (let key in pcBaseKeymap) macBaseKeymap[key] = pcBaseKeymap[key];
	typeof navigator != "undefined" ? /Mac|iP(hone|[oa]d)/.test(navigator.platform) : typeof os != "undefined" && os.platform && os.platform();
	var GOOD_LEAF_SIZE = 200;
	var RopeSequence = function RopeSequence() {};
	RopeSequence.prototype.append = function append(other) {
		if (!other.length) return this;
		other = RopeSequence.from(other);
		return !this.length && other || other.length < GOOD_LEAF_SIZE && this.leafAppend(other) || this.length < GOOD_LEAF_SIZE && other.leafPrepend(this) || this.appendInner(other);
	};
	RopeSequence.prototype.prepend = function prepend(other) {
		if (!other.length) return this;
		return RopeSequence.from(other).append(this);
	};
	RopeSequence.prototype.appendInner = function appendInner(other) {
		return new Append(this, other);
	};
	RopeSequence.prototype.slice = function slice(from, to) {
		if (from === void 0) from = 0;
		if (to === void 0) to = this.length;
		if (from >= to) return RopeSequence.empty;
		return this.sliceInner(Math.max(0, from), Math.min(this.length, to));
	};
	RopeSequence.prototype.get = function get(i) {
		if (i < 0 || i >= this.length) return;
		return this.getInner(i);
	};
	RopeSequence.prototype.forEach = function forEach(f, from, to) {
		if (from === void 0) from = 0;
		if (to === void 0) to = this.length;
		if (from <= to) this.forEachInner(f, from, to, 0);
		else this.forEachInvertedInner(f, from, to, 0);
	};
	RopeSequence.prototype.map = function map(f, from, to) {
		if (from === void 0) from = 0;
		if (to === void 0) to = this.length;
		var result = [];
		this.forEach(function(elt, i) {
			return result.push(f(elt, i));
		}, from, to);
		return result;
	};
	RopeSequence.from = function from(values) {
		if (values instanceof RopeSequence) return values;
		return values && values.length ? new Leaf(values) : RopeSequence.empty;
	};
	var Leaf = function(RopeSequence) {
		function Leaf(values) {
			RopeSequence.call(this);
			this.values = values;
		}
		if (RopeSequence) Leaf.__proto__ = RopeSequence;
		Leaf.prototype = Object.create(RopeSequence && RopeSequence.prototype);
		Leaf.prototype.constructor = Leaf;
		var prototypeAccessors = {
			length: { configurable: true },
			depth: { configurable: true }
		};
		Leaf.prototype.flatten = function flatten() {
			return this.values;
		};
		Leaf.prototype.sliceInner = function sliceInner(from, to) {
			if (from == 0 && to == this.length) return this;
			return new Leaf(this.values.slice(from, to));
		};
		Leaf.prototype.getInner = function getInner(i) {
			return this.values[i];
		};
		Leaf.prototype.forEachInner = function forEachInner(f, from, to, start) {
			for (var i = from; i < to; i++) if (f(this.values[i], start + i) === false) return false;
		};
		Leaf.prototype.forEachInvertedInner = function forEachInvertedInner(f, from, to, start) {
			for (var i = from - 1; i >= to; i--) if (f(this.values[i], start + i) === false) return false;
		};
		Leaf.prototype.leafAppend = function leafAppend(other) {
			if (this.length + other.length <= GOOD_LEAF_SIZE) return new Leaf(this.values.concat(other.flatten()));
		};
		Leaf.prototype.leafPrepend = function leafPrepend(other) {
			if (this.length + other.length <= GOOD_LEAF_SIZE) return new Leaf(other.flatten().concat(this.values));
		};
		prototypeAccessors.length.get = function() {
			return this.values.length;
		};
		prototypeAccessors.depth.get = function() {
			return 0;
		};
		Object.defineProperties(Leaf.prototype, prototypeAccessors);
		return Leaf;
	}(RopeSequence);
	RopeSequence.empty = new Leaf([]);
	var Append = function(RopeSequence) {
		function Append(left, right) {
			RopeSequence.call(this);
			this.left = left;
			this.right = right;
			this.length = left.length + right.length;
			this.depth = Math.max(left.depth, right.depth) + 1;
		}
		if (RopeSequence) Append.__proto__ = RopeSequence;
		Append.prototype = Object.create(RopeSequence && RopeSequence.prototype);
		Append.prototype.constructor = Append;
		Append.prototype.flatten = function flatten() {
			return this.left.flatten().concat(this.right.flatten());
		};
		Append.prototype.getInner = function getInner(i) {
			return i < this.left.length ? this.left.get(i) : this.right.get(i - this.left.length);
		};
		Append.prototype.forEachInner = function forEachInner(f, from, to, start) {
			var leftLen = this.left.length;
			if (from < leftLen && this.left.forEachInner(f, from, Math.min(to, leftLen), start) === false) return false;
			if (to > leftLen && this.right.forEachInner(f, Math.max(from - leftLen, 0), Math.min(this.length, to) - leftLen, start + leftLen) === false) return false;
		};
		Append.prototype.forEachInvertedInner = function forEachInvertedInner(f, from, to, start) {
			var leftLen = this.left.length;
			if (from > leftLen && this.right.forEachInvertedInner(f, from - leftLen, Math.max(to, leftLen) - leftLen, start + leftLen) === false) return false;
			if (to < leftLen && this.left.forEachInvertedInner(f, Math.min(from, leftLen), to, start) === false) return false;
		};
		Append.prototype.sliceInner = function sliceInner(from, to) {
			if (from == 0 && to == this.length) return this;
			var leftLen = this.left.length;
			if (to <= leftLen) return this.left.slice(from, to);
			if (from >= leftLen) return this.right.slice(from - leftLen, to - leftLen);
			return this.left.slice(from, leftLen).append(this.right.slice(0, to - leftLen));
		};
		Append.prototype.leafAppend = function leafAppend(other) {
			var inner = this.right.leafAppend(other);
			if (inner) return new Append(this.left, inner);
		};
		Append.prototype.leafPrepend = function leafPrepend(other) {
			var inner = this.left.leafPrepend(other);
			if (inner) return new Append(inner, this.right);
		};
		Append.prototype.appendInner = function appendInner(other) {
			if (this.left.depth >= Math.max(this.right.depth, other.depth) + 1) return new Append(this.left, new Append(this.right, other));
			return new Append(this, other);
		};
		return Append;
	}(RopeSequence);
	const max_empty_items = 500;
	var Branch = class Branch {
		constructor(items, eventCount) {
			this.items = items;
			this.eventCount = eventCount;
		}
		popEvent(state, preserveItems) {
			if (this.eventCount == 0) return null;
			let end = this.items.length;
			for (;; end--) if (this.items.get(end - 1).selection) {
				--end;
				break;
			}
			let remap, mapFrom;
			if (preserveItems) {
				remap = this.remapping(end, this.items.length);
				mapFrom = remap.maps.length;
			}
			let transform = state.tr;
			let selection, remaining;
			let addAfter = [], addBefore = [];
			this.items.forEach((item, i) => {
				if (!item.step) {
					if (!remap) {
						remap = this.remapping(end, i + 1);
						mapFrom = remap.maps.length;
					}
					mapFrom--;
					addBefore.push(item);
					return;
				}
				if (remap) {
					addBefore.push(new Item(item.map));
					let step = item.step.map(remap.slice(mapFrom)), map;
					if (step && transform.maybeStep(step).doc) {
						map = transform.mapping.maps[transform.mapping.maps.length - 1];
						addAfter.push(new Item(map, void 0, void 0, addAfter.length + addBefore.length));
					}
					mapFrom--;
					if (map) remap.appendMap(map, mapFrom);
				} else transform.maybeStep(item.step);
				if (item.selection) {
					selection = remap ? item.selection.map(remap.slice(mapFrom)) : item.selection;
					remaining = new Branch(this.items.slice(0, end).append(addBefore.reverse().concat(addAfter)), this.eventCount - 1);
					return false;
				}
			}, this.items.length, 0);
			return {
				remaining,
				transform,
				selection
			};
		}
		addTransform(transform, selection, histOptions, preserveItems) {
			let newItems = [], eventCount = this.eventCount;
			let oldItems = this.items, lastItem = !preserveItems && oldItems.length ? oldItems.get(oldItems.length - 1) : null;
			for (let i = 0; i < transform.steps.length; i++) {
				let step = transform.steps[i].invert(transform.docs[i]);
				let item = new Item(transform.mapping.maps[i], step, selection), merged;
				if (merged = lastItem && lastItem.merge(item)) {
					item = merged;
					if (i) newItems.pop();
					else oldItems = oldItems.slice(0, oldItems.length - 1);
				}
				newItems.push(item);
				if (selection) {
					eventCount++;
					selection = void 0;
				}
				if (!preserveItems) lastItem = item;
			}
			let overflow = eventCount - histOptions.depth;
			if (overflow > DEPTH_OVERFLOW) {
				oldItems = cutOffEvents(oldItems, overflow);
				eventCount -= overflow;
			}
			return new Branch(oldItems.append(newItems), eventCount);
		}
		remapping(from, to) {
			let maps = new Mapping();
			this.items.forEach((item, i) => {
				let mirrorPos = item.mirrorOffset != null && i - item.mirrorOffset >= from ? maps.maps.length - item.mirrorOffset : void 0;
				maps.appendMap(item.map, mirrorPos);
			}, from, to);
			return maps;
		}
		addMaps(array) {
			if (this.eventCount == 0) return this;
			return new Branch(this.items.append(array.map((map) => new Item(map))), this.eventCount);
		}
		rebased(rebasedTransform, rebasedCount) {
			if (!this.eventCount) return this;
			rebasedCount = Math.min(this.items.length, rebasedCount);
			let rebasedItems = [], start = this.items.length - rebasedCount;
			let mapping = rebasedTransform.mapping;
			let newUntil = rebasedTransform.steps.length;
			let eventCount = this.eventCount;
			this.items.forEach((item) => {
				if (item.selection) eventCount--;
			}, start);
			let iRebased = rebasedCount;
			this.items.forEach((item) => {
				let pos = mapping.getMirror(--iRebased);
				if (pos == null) return;
				newUntil = Math.min(newUntil, pos);
				let map = mapping.maps[pos];
				if (item.step) {
					let step = rebasedTransform.steps[pos].invert(rebasedTransform.docs[pos]);
					let selection = item.selection && item.selection.map(mapping.slice(iRebased + 1, pos));
					if (selection) eventCount++;
					rebasedItems.push(new Item(map, step, selection));
				} else rebasedItems.push(new Item(map));
			}, start);
			let newMaps = [];
			for (let i = rebasedCount; i < newUntil; i++) newMaps.push(new Item(mapping.maps[i]));
			let items = this.items.slice(0, start).append(newMaps).append(rebasedItems);
			let branch = new Branch(items, eventCount);
			if (branch.emptyItemCount() > max_empty_items) branch = branch.compress(this.items.length - rebasedItems.length);
			return branch;
		}
		emptyItemCount() {
			let count = 0;
			this.items.forEach((item) => {
				if (!item.step) count++;
			});
			return count;
		}
		compress(upto = this.items.length) {
			let remap = this.remapping(0, upto), mapFrom = remap.maps.length;
			let items = [], events = 0;
			this.items.forEach((item, i) => {
				if (i >= upto) {
					items.push(item);
					if (item.selection) events++;
				} else if (item.step) {
					let step = item.step.map(remap.slice(mapFrom)), map = step && step.getMap();
					mapFrom--;
					if (map) remap.appendMap(map, mapFrom);
					if (step) {
						let selection = item.selection && item.selection.map(remap.slice(mapFrom));
						if (selection) events++;
						let newItem = new Item(map.invert(), step, selection), merged, last = items.length - 1;
						if (merged = items.length && items[last].merge(newItem)) items[last] = merged;
						else items.push(newItem);
					}
				} else if (item.map) mapFrom--;
			}, this.items.length, 0);
			return new Branch(RopeSequence.from(items.reverse()), events);
		}
	};
	Branch.empty = new Branch(RopeSequence.empty, 0);
	function cutOffEvents(items, n) {
		let cutPoint;
		items.forEach((item, i) => {
			if (item.selection && n-- == 0) {
				cutPoint = i;
				return false;
			}
		});
		return items.slice(cutPoint);
	}
	var Item = class Item {
		constructor(map, step, selection, mirrorOffset) {
			this.map = map;
			this.step = step;
			this.selection = selection;
			this.mirrorOffset = mirrorOffset;
		}
		merge(other) {
			if (this.step && other.step && !other.selection) {
				let step = other.step.merge(this.step);
				if (step) return new Item(step.getMap().invert(), step, this.selection);
			}
		}
	};
	var HistoryState = class {
		constructor(done, undone, prevRanges, prevTime, prevComposition) {
			this.done = done;
			this.undone = undone;
			this.prevRanges = prevRanges;
			this.prevTime = prevTime;
			this.prevComposition = prevComposition;
		}
	};
	const DEPTH_OVERFLOW = 20;
	function applyTransaction(history, state, tr, options) {
		let historyTr = tr.getMeta(historyKey), rebased;
		if (historyTr) return historyTr.historyState;
		if (tr.getMeta(closeHistoryKey)) history = new HistoryState(history.done, history.undone, null, 0, -1);
		let appended = tr.getMeta("appendedTransaction");
		if (tr.steps.length == 0) return history;
		else if (appended && appended.getMeta(historyKey)) {
			if (appended.getMeta(historyKey).redo) return new HistoryState(history.done.addTransform(tr, void 0, options, mustPreserveItems(state)), history.undone, rangesFor(tr.mapping.maps), history.prevTime, history.prevComposition);
			else return new HistoryState(history.done, history.undone.addTransform(tr, void 0, options, mustPreserveItems(state)), null, history.prevTime, history.prevComposition);
		} else if (tr.getMeta("addToHistory") !== false && !(appended && appended.getMeta("addToHistory") === false)) {
			let composition = tr.getMeta("composition");
			let newGroup = history.prevTime == 0 || !appended && history.prevComposition != composition && (history.prevTime < (tr.time || 0) - options.newGroupDelay || !isAdjacentTo(tr, history.prevRanges));
			let prevRanges = appended ? mapRanges(history.prevRanges, tr.mapping) : rangesFor(tr.mapping.maps);
			return new HistoryState(history.done.addTransform(tr, newGroup ? state.selection.getBookmark() : void 0, options, mustPreserveItems(state)), Branch.empty, prevRanges, tr.time, composition == null ? history.prevComposition : composition);
		} else if (rebased = tr.getMeta("rebased")) return new HistoryState(history.done.rebased(tr, rebased), history.undone.rebased(tr, rebased), mapRanges(history.prevRanges, tr.mapping), history.prevTime, history.prevComposition);
		else return new HistoryState(history.done.addMaps(tr.mapping.maps), history.undone.addMaps(tr.mapping.maps), mapRanges(history.prevRanges, tr.mapping), history.prevTime, history.prevComposition);
	}
	function isAdjacentTo(transform, prevRanges) {
		if (!prevRanges) return false;
		if (!transform.docChanged) return true;
		let adjacent = false;
		transform.mapping.maps[0].forEach((start, end) => {
			for (let i = 0; i < prevRanges.length; i += 2) if (start <= prevRanges[i + 1] && end >= prevRanges[i]) adjacent = true;
		});
		return adjacent;
	}
	function rangesFor(maps) {
		let result = [];
		for (let i = maps.length - 1; i >= 0 && result.length == 0; i--) maps[i].forEach((_from, _to, from, to) => result.push(from, to));
		return result;
	}
	function mapRanges(ranges, mapping) {
		if (!ranges) return null;
		let result = [];
		for (let i = 0; i < ranges.length; i += 2) {
			let from = mapping.map(ranges[i], 1), to = mapping.map(ranges[i + 1], -1);
			if (from <= to) result.push(from, to);
		}
		return result;
	}
	function histTransaction(history, state, redo) {
		let preserveItems = mustPreserveItems(state);
		let histOptions = historyKey.get(state).spec.config;
		let pop = (redo ? history.undone : history.done).popEvent(state, preserveItems);
		if (!pop) return null;
		let selection = pop.selection.resolve(pop.transform.doc);
		let added = (redo ? history.done : history.undone).addTransform(pop.transform, state.selection.getBookmark(), histOptions, preserveItems);
		let newHist = new HistoryState(redo ? added : pop.remaining, redo ? pop.remaining : added, null, 0, -1);
		return pop.transform.setSelection(selection).setMeta(historyKey, {
			redo,
			historyState: newHist
		});
	}
	let cachedPreserveItems = false;
	let cachedPreserveItemsPlugins = null;
	function mustPreserveItems(state) {
		let plugins = state.plugins;
		if (cachedPreserveItemsPlugins != plugins) {
			cachedPreserveItems = false;
			cachedPreserveItemsPlugins = plugins;
			for (let i = 0; i < plugins.length; i++) if (plugins[i].spec.historyPreserveItems) {
				cachedPreserveItems = true;
				break;
			}
		}
		return cachedPreserveItems;
	}
	const historyKey = new PluginKey("history");
	const closeHistoryKey = new PluginKey("closeHistory");
	function history(config = {}) {
		config = {
			depth: config.depth || 100,
			newGroupDelay: config.newGroupDelay || 500
		};
		return new Plugin({
			key: historyKey,
			state: {
				init() {
					return new HistoryState(Branch.empty, Branch.empty, null, 0, -1);
				},
				apply(tr, hist, state) {
					return applyTransaction(hist, state, tr, config);
				}
			},
			config,
			props: { handleDOMEvents: { beforeinput(view, e) {
				let inputType = e.inputType;
				let command = inputType == "historyUndo" ? undo$1 : inputType == "historyRedo" ? redo$1 : null;
				if (!command || !view.editable) return false;
				e.preventDefault();
				return command(view.state, view.dispatch);
			} } }
		});
	}
	function buildCommand(redo, scroll) {
		return (state, dispatch) => {
			let hist = historyKey.getState(state);
			if (!hist || (redo ? hist.undone : hist.done).eventCount == 0) return false;
			if (dispatch) {
				let tr = histTransaction(hist, state, redo);
				if (tr) dispatch(scroll ? tr.scrollIntoView() : tr);
			}
			return true;
		};
	}
	const undo$1 = buildCommand(false, true);
	const redo$1 = buildCommand(true, true);
	function wrapInList(listType, attrs = null) {
		return function(state, dispatch) {
			let { $from, $to } = state.selection;
			let range = $from.blockRange($to);
			if (!range) return false;
			let tr = dispatch ? state.tr : null;
			if (!wrapRangeInList(tr, range, listType, attrs)) return false;
			if (dispatch) dispatch(tr.scrollIntoView());
			return true;
		};
	}
	function wrapRangeInList(tr, range, listType, attrs = null) {
		let doJoin = false, outerRange = range, doc = range.$from.doc;
		if (range.depth >= 2 && range.$from.node(range.depth - 1).type.compatibleContent(listType) && range.startIndex == 0) {
			if (range.$from.index(range.depth - 1) == 0) return false;
			let $insert = doc.resolve(range.start - 2);
			outerRange = new NodeRange($insert, $insert, range.depth);
			if (range.endIndex < range.parent.childCount) range = new NodeRange(range.$from, doc.resolve(range.$to.end(range.depth)), range.depth);
			doJoin = true;
		}
		let wrap = findWrapping(outerRange, listType, attrs, range);
		if (!wrap) return false;
		if (tr) doWrapInList(tr, range, wrap, doJoin, listType);
		return true;
	}
	function doWrapInList(tr, range, wrappers, joinBefore, listType) {
		let content = Fragment.empty;
		for (let i = wrappers.length - 1; i >= 0; i--) content = Fragment.from(wrappers[i].type.create(wrappers[i].attrs, content));
		tr.step(new ReplaceAroundStep(range.start - (joinBefore ? 2 : 0), range.end, range.start, range.end, new Slice(content, 0, 0), wrappers.length, true));
		let found = 0;
		for (let i = 0; i < wrappers.length; i++) if (wrappers[i].type == listType) found = i + 1;
		let splitDepth = wrappers.length - found;
		let splitPos = range.start + wrappers.length - (joinBefore ? 2 : 0), parent = range.parent;
		for (let i = range.startIndex, e = range.endIndex, first = true; i < e; i++, first = false) {
			if (!first && splitDepth && canSplit(tr.doc, splitPos, splitDepth)) {
				tr.split(splitPos, splitDepth);
				splitPos += 2 * splitDepth;
			}
			splitPos += parent.child(i).nodeSize;
		}
		return tr;
	}
	function isItem(itemType, type) {
		return itemType instanceof NodeType ? type == itemType : itemType.indexOf(type) > -1;
	}
	function splitListItem(itemType, itemAttrs) {
		return function(state, dispatch) {
			let { $from, $to, node } = state.selection;
			if (node && node.isBlock || $from.depth < 2 || !$from.sameParent($to)) return false;
			let grandParent = $from.node(-1);
			if (!isItem(itemType, grandParent.type)) return false;
			if ($from.parent.content.size == 0 && $from.node(-1).childCount == $from.indexAfter(-1)) {
				if ($from.depth == 3 || !isItem(itemType, $from.node(-3).type) || $from.index(-2) != $from.node(-2).childCount - 1) return false;
				if (dispatch) {
					let wrap = Fragment.empty;
					let depthBefore = $from.index(-1) ? 1 : $from.index(-2) ? 2 : 3;
					for (let d = $from.depth - depthBefore; d >= $from.depth - 3; d--) wrap = Fragment.from($from.node(d).copy(wrap));
					let depthAfter = $from.indexAfter(-1) < $from.node(-2).childCount ? 1 : $from.indexAfter(-2) < $from.node(-3).childCount ? 2 : 3;
					wrap = wrap.append(Fragment.from($from.node(-3).type.createAndFill()));
					let start = $from.before($from.depth - (depthBefore - 1));
					let tr = state.tr.replace(start, $from.after(-depthAfter), new Slice(wrap, 4 - depthBefore, 0));
					let sel = -1;
					tr.doc.nodesBetween(start, tr.doc.content.size, (node, pos) => {
						if (sel > -1) return false;
						if (node.isTextblock && node.content.size == 0) sel = pos + 1;
					});
					if (sel > -1) tr.setSelection(Selection.near(tr.doc.resolve(sel)));
					dispatch(tr.scrollIntoView());
				}
				return true;
			}
			let nextType = $to.pos == $from.end() ? grandParent.contentMatchAt(0).defaultType : null;
			let tr = state.tr.delete($from.pos, $to.pos);
			let types = nextType ? [itemAttrs ? {
				type: grandParent.type,
				attrs: itemAttrs
			} : null, { type: nextType }] : void 0;
			if (!canSplit(tr.doc, $from.pos, 2, types)) return false;
			if (dispatch) dispatch(tr.split($from.pos, 2, types).scrollIntoView());
			return true;
		};
	}
	function liftListItem(itemType) {
		return function(state, dispatch) {
			let { $from, $to } = state.selection;
			let range = $from.blockRange($to, (node) => node.childCount > 0 && isItem(itemType, node.firstChild.type));
			if (!range) return false;
			if (!dispatch) return true;
			if (isItem(itemType, $from.node(range.depth - 1).type)) return liftToOuterList(state, dispatch, range);
			else return liftOutOfList(state, dispatch, range);
		};
	}
	function liftToOuterList(state, dispatch, range) {
		let tr = state.tr, end = range.end, endOfList = range.$to.end(range.depth);
		let itemType = range.parent.child(range.endIndex - 1).type;
		if (end < endOfList) {
			tr.step(new ReplaceAroundStep(end - 1, endOfList, end, endOfList, new Slice(Fragment.from(itemType.create(null, range.parent.copy())), 1, 0), 1, true));
			range = new NodeRange(tr.doc.resolve(range.$from.pos), tr.doc.resolve(endOfList), range.depth);
		}
		const target = liftTarget(range);
		if (target == null) return false;
		tr.lift(range, target);
		let $after = tr.doc.resolve(tr.mapping.map(end, -1) - 1);
		if (canJoin(tr.doc, $after.pos) && $after.nodeBefore.type == $after.nodeAfter.type) tr.join($after.pos);
		dispatch(tr.scrollIntoView());
		return true;
	}
	function liftOutOfList(state, dispatch, range) {
		let tr = state.tr, list = range.parent;
		for (let pos = range.end, i = range.endIndex - 1, e = range.startIndex; i > e; i--) {
			pos -= list.child(i).nodeSize;
			tr.delete(pos - 1, pos + 1);
		}
		let $start = tr.doc.resolve(range.start), item = $start.nodeAfter;
		if (tr.mapping.map(range.end) != range.start + $start.nodeAfter.nodeSize) return false;
		let atStart = range.startIndex == 0, atEnd = range.endIndex == list.childCount;
		let parent = $start.node(-1), indexBefore = $start.index(-1);
		if (!parent.canReplace(indexBefore + (atStart ? 0 : 1), indexBefore + 1, item.content.append(atEnd ? Fragment.empty : Fragment.from(list)))) return false;
		let start = $start.pos, end = start + item.nodeSize;
		tr.step(new ReplaceAroundStep(start - (atStart ? 1 : 0), end + (atEnd ? 1 : 0), start + 1, end - 1, new Slice((atStart ? Fragment.empty : Fragment.from(list.copy(Fragment.empty))).append(atEnd ? Fragment.empty : Fragment.from(list.copy(Fragment.empty))), atStart ? 0 : 1, atEnd ? 0 : 1), atStart ? 0 : 1));
		dispatch(tr.scrollIntoView());
		return true;
	}
	function sinkListItem(itemType) {
		return function(state, dispatch) {
			let { $from, $to } = state.selection;
			let range = $from.blockRange($to, (node) => node.childCount > 0 && isItem(itemType, node.firstChild.type));
			if (!range) return false;
			let startIndex = range.startIndex;
			if (startIndex == 0) return false;
			let parent = range.parent, nodeBefore = parent.child(startIndex - 1);
			if (!isItem(itemType, nodeBefore.type)) return false;
			if (dispatch) {
				let nestedBefore = nodeBefore.lastChild && nodeBefore.lastChild.type == parent.type;
				let inner = Fragment.from(nestedBefore ? nodeBefore.lastChild.lastChild.type.create() : null);
				let slice = new Slice(Fragment.from(nodeBefore.type.create(null, Fragment.from(parent.type.create(null, inner)))), nestedBefore ? 3 : 1, 0);
				let before = range.start, after = range.end;
				dispatch(state.tr.step(new ReplaceAroundStep(before - (nestedBefore ? 3 : 1), after, before, after, slice, 1, true)).scrollIntoView());
			}
			return true;
		};
	}
	const isSuggestion = (mark) => mark.type.name === "insertion" || mark.type.name === "deletion";
	const isBy = (mark, name, person) => mark.type.name === name && mark.attrs.by === person;
	function without(content, person) {
		const kept = [];
		content.forEach((node) => {
			if (node.marks.some((m) => isBy(m, "insertion", person))) return;
			kept.push(node.mark(node.marks.filter((m) => !isBy(m, "deletion", person))));
		});
		return Fragment.fromArray(kept);
	}
	function onlySuggests(before, after, person) {
		if (before === after) return true;
		if (!before.sameMarkup(after) || before.text !== after.text) return false;
		if (before.inlineContent) return without(before.content, person).eq(without(after.content, person));
		if (before.childCount !== after.childCount) return false;
		for (let i = 0; i < before.childCount; i++) if (!onlySuggests(before.child(i), after.child(i), person)) return false;
		return true;
	}
	const isForeign = (tr) => tr.getMeta("addToHistory") === false || tr.getMeta("rebased") !== void 0;
	function inlineOf(content, hardBreak) {
		const found = [];
		let isFirst = true;
		content.forEach((block) => {
			block.descendants((node, _, parent) => {
				if (!node.inlineContent) return true;
				if (!isFirst && hardBreak && parent) found.push(hardBreak);
				isFirst = false;
				node.forEach((child) => {
					found.push(child);
				});
				return false;
			});
		});
		return found;
	}
	function inlineSlice(step, state) {
		const { content } = step.slice;
		const hardBreak = state.schema.nodes.hardBreak?.create();
		const first = content.firstChild;
		if (!first) return [];
		if (first.isInline) return content.content.slice();
		const blocks = [];
		content.forEach((node) => {
			blocks.push(node);
		});
		return blocks.map((node) => node.inlineContent ? node.content.content.slice() : inlineOf(Fragment.from(node), hardBreak)).flatMap((part, i) => i > 0 && hardBreak ? [hardBreak, ...part] : part);
	}
	function leftOutOf(step, isPaste) {
		if (!(step instanceof ReplaceStep)) return "format";
		let found;
		step.slice.content.descendants((node) => {
			if (node.isBlock && (node.isLeaf || node.isAtom)) found = "blocks";
			else if (isPaste && node.isBlock && node.type.name !== "paragraph") found ??= "flat";
			return node.isBlock;
		});
		return found;
	}
	const bare = (node) => node.marks.filter((m) => !isSuggestion(m));
	function takeOut(tr, from, to, what) {
		const deletion = tr.doc.type.schema.marks.deletion;
		const parts = [];
		tr.doc.nodesBetween(from, to, (node, pos, parent) => {
			if (!node.isInline) return true;
			if (!parent?.type.allowsMarkType(deletion)) return false;
			const isOwn = node.marks.some((m) => m.type.name === "insertion" && m.attrs.by === what.by);
			if (!isOwn && node.marks.some((m) => m.type === deletion && m.attrs.by === what.by)) return false;
			parts.push({
				from: Math.max(from, pos),
				to: Math.min(to, pos + node.nodeSize),
				isOwn
			});
			return false;
		});
		for (const part of parts.reverse()) if (part.isOwn) tr.delete(part.from, part.to);
		else tr.addMark(part.from, part.to, deletion.create({ ...what }));
	}
	function putIn(tr, at, nodes, what) {
		const insertion = tr.doc.type.schema.marks.insertion;
		const { parent } = tr.doc.resolve(at);
		if (nodes.length === 0 || !parent.inlineContent || !parent.type.allowsMarkType(insertion)) return at;
		const marked = Fragment.fromArray(nodes.map((n) => n.mark(insertion.create({ ...what }).addToSet(bare(n)))));
		const before = tr.doc.content.size;
		tr.replaceWith(at, at, marked);
		return at + tr.doc.content.size - before;
	}
	function running(tr, person) {
		const first = tr.steps.findIndex((step) => step instanceof ReplaceStep);
		const step = tr.steps[first];
		if (!(step instanceof ReplaceStep)) return void 0;
		const doc = tr.docs[first];
		for (const $pos of [doc?.resolve(step.from), doc?.resolve(step.to)]) for (const node of [$pos?.nodeBefore, $pos?.nodeAfter]) {
			const mark = node?.marks.find((m) => isSuggestion(m) && m.attrs.by === person);
			if (mark) return { ...mark.attrs };
		}
	}
	function asSuggestion(tr, state, person, now, newId = () => crypto.randomUUID().slice(0, 13)) {
		if (!tr.docChanged || isForeign(tr) || onlySuggests(tr.before, tr.doc, person)) return tr;
		const what = running(tr, person) ?? {
			id: newId(),
			by: person,
			at: now.toISOString().slice(0, 19).concat("Z")
		};
		const out = state.tr;
		const { from: caret, empty } = state.selection;
		let end;
		const isPaste = Boolean(tr.getMeta("paste")) || tr.getMeta("uiEvent") === "drop";
		let leftOut;
		tr.steps.forEach((step, i) => {
			const left = leftOutOf(step, isPaste);
			if (left) leftOut ??= left;
			if (!(step instanceof ReplaceStep)) return;
			const back = new Mapping(tr.mapping.maps.slice(0, i)).invert();
			const from = back.map(step.from, -1);
			const to = back.map(step.to, 1);
			const nodes = inlineSlice(step, state);
			takeOut(out, out.mapping.map(from, -1), out.mapping.map(to, 1), what);
			const at = out.mapping.map(to, 1);
			const isForward = nodes.length === 0 && empty && caret === from;
			end = nodes.length > 0 ? putIn(out, at, nodes, what) : isForward ? at : out.mapping.map(from, -1);
		});
		if (end !== void 0) {
			const $end = out.doc.resolve(Math.min(end, out.doc.content.size));
			out.setSelection(TextSelection.near($end, -1)).scrollIntoView();
		}
		if (leftOut) out.setMeta("leftOut", leftOut);
		if (tr.storedMarks) out.setStoredMarks(tr.storedMarks.filter((m) => !isSuggestion(m)));
		else if (state.storedMarks && !out.docChanged) out.setStoredMarks(state.storedMarks);
		return out;
	}
	const key = new PluginKey("live");
	function collab(start) {
		return new Plugin({
			key,
			state: {
				init: () => ({
					version: start.version,
					unconfirmed: start.unconfirmed ?? [],
					inFlight: start.inFlight ?? null
				}),
				apply(tr, state) {
					const next = tr.getMeta(key);
					if (next) return next;
					if (!tr.docChanged) return state;
					const added = tr.steps.map((step, i) => ({
						step,
						inverted: step.invert(tr.docs[i] ?? tr.before),
						index: -1
					}));
					return {
						...state,
						unconfirmed: [...state.unconfirmed, ...added]
					};
				}
			},
			historyPreserveItems: true
		});
	}
	function of(state) {
		const found = key.getState(state);
		if (!found) throw new Error("the live plugin is missing");
		return found;
	}
	const versionOf = (state) => of(state).version;
	const unconfirmedOf = (state) => of(state).unconfirmed;
	const inFlightOf = (state) => of(state).inFlight;
	const push = (state, flight) => {
		const sent = state.unconfirmed.slice(0, flight.count);
		return {
			version: state.version,
			batch: flight.batch,
			steps: sent.map((u) => u.step),
			indexes: sent.map((u) => u.index)
		};
	};
	function take(state, batch) {
		const now = of(state);
		if (now.inFlight || now.unconfirmed.length === 0) return null;
		const count = Math.min(now.unconfirmed.length, 200);
		const unconfirmed = now.unconfirmed.map((u, i) => i < count ? {
			...u,
			index: i
		} : u);
		const next = {
			version: now.version,
			unconfirmed,
			inFlight: {
				batch,
				count
			}
		};
		return {
			tr: state.tr.setMeta(key, next).setMeta("addToHistory", false),
			push: push(next, {
				batch,
				count
			})
		};
	}
	function retake(state) {
		const now = of(state);
		return now.inFlight && push(now, now.inFlight);
	}
	function rebase(state, steps) {
		const now = of(state);
		const { tr } = state;
		const total = now.unconfirmed.length;
		undo(tr, now.unconfirmed);
		for (const step of steps) tr.step(step);
		const kept = [];
		const dropped = [];
		let count = now.inFlight?.count ?? 0;
		for (const [i, u] of now.unconfirmed.entries()) {
			const again = redo(tr, u, total - i);
			if (again) kept.push(again);
			else {
				dropped.push(u);
				if (now.inFlight && i < now.inFlight.count) count--;
			}
		}
		return {
			tr: finish(state, tr, {
				version: now.version + steps.length,
				unconfirmed: kept,
				inFlight: now.inFlight && {
					batch: now.inFlight.batch,
					count
				}
			}, total),
			dropped
		};
	}
	function confirm(state, steps, kept) {
		const now = of(state);
		const count = now.inFlight?.count ?? 0;
		const total = now.unconfirmed.length;
		const sent = now.unconfirmed.slice(0, count);
		const version = now.version + steps.length;
		if (sent.length === steps.length && sent.every((u, i) => u.index === kept[i] && same(u.step, steps[i]))) {
			const next = {
				version,
				unconfirmed: now.unconfirmed.slice(count),
				inFlight: null
			};
			return {
				tr: state.tr.setMeta(key, next).setMeta("addToHistory", false),
				dropped: []
			};
		}
		const { tr } = state;
		undo(tr, now.unconfirmed);
		for (const [i, step] of steps.entries()) {
			tr.step(step);
			const ours = sent.findIndex((u) => u.index === kept[i]);
			if (ours >= 0) mirror(tr.mapping, total - 1 - ours, tr.steps.length - 1);
		}
		const dropped = sent.filter((u) => !kept.includes(u.index));
		const unconfirmed = [];
		for (const [i, u] of now.unconfirmed.entries()) {
			if (i < count) continue;
			const again = redo(tr, u, total - i);
			if (again) unconfirmed.push(again);
			else dropped.push(u);
		}
		return {
			tr: finish(state, tr, {
				version,
				unconfirmed,
				inFlight: null
			}, total),
			dropped
		};
	}
	function abandon(state) {
		const now = of(state);
		const { tr } = state;
		undo(tr, now.unconfirmed);
		return {
			tr: finish(state, tr, {
				version: now.version,
				unconfirmed: [],
				inFlight: null
			}, now.unconfirmed.length),
			dropped: now.unconfirmed
		};
	}
	const same = (a, b) => b !== void 0 && JSON.stringify(a.toJSON()) === JSON.stringify(b.toJSON());
	function undo(tr, unconfirmed) {
		for (let i = unconfirmed.length - 1; i >= 0; i--) tr.step(unconfirmed[i].inverted);
	}
	function redo(tr, u, back) {
		const step = u.step.map(tr.mapping.slice(back));
		if (!step || tr.maybeStep(step).failed) return null;
		mirror(tr.mapping, back - 1, tr.steps.length - 1);
		return {
			step,
			inverted: step.invert(tr.docs[tr.docs.length - 1] ?? tr.before),
			index: u.index
		};
	}
	function mirror(mapping, a, b) {
		mapping.setMirror(a, b);
	}
	function finish(state, tr, next, rebased) {
		if (state.selection instanceof TextSelection) {
			const at = (pos) => tr.doc.resolve(tr.mapping.map(pos, -1));
			tr.setSelection(TextSelection.between(at(state.selection.anchor), at(state.selection.head), -1));
			const flags = tr;
			flags.updated &= -2;
		}
		return tr.setMeta("rebased", rebased).setMeta("addToHistory", false).setMeta(key, next);
	}
	const schemaHash = "0cb90df9ee326d82";
	var LiveSession = class {
		draft;
		client;
		#batch;
		#ready = false;
		#readOnly = true;
		#editor;
		#send;
		#events;
		constructor(o) {
			this.draft = o.draft;
			this.client = o.client;
			this.#batch = o.batch ?? 0;
			this.#editor = o.editor;
			this.#send = o.send;
			this.#events = o;
		}
		get batch() {
			return this.#batch;
		}
		get ready() {
			return this.#ready;
		}
		get readOnly() {
			return this.#readOnly;
		}
		connected(ticket) {
			this.#ready = false;
			const { state } = this.#editor;
			this.#send({
				t: "open",
				d: this.draft,
				k: ticket,
				v: state ? versionOf(state) : -1,
				c: this.client,
				h: schemaHash
			});
		}
		disconnected() {
			this.#ready = false;
		}
		changed() {
			this.#flush();
		}
		cursor() {
			const { state } = this.#editor;
			if (!this.#ready || !state || unconfirmedOf(state).length > 0) return;
			const { anchor, head } = state.selection;
			this.#send({
				t: "cur",
				d: this.draft,
				v: versionOf(state),
				a: [anchor, head]
			});
		}
		receive(m) {
			if (m.d !== this.draft) return;
			this.#editor.settle?.();
			switch (m.t) {
				case "init":
					this.#init(m);
					break;
				case "ready":
					this.#begin(m.ro ?? false, m.why ?? "");
					break;
				case "steps":
					this.#steps(m);
					break;
				case "void":
					this.#own(m.b, (state) => this.#take(confirm(state, [], []), "conflict"));
					break;
				case "behind":
					this.#own(m.b, (state) => this.#push(retake(state)));
					break;
				case "bad":
					this.#own(m.b, (state) => {
						this.#take(abandon(state), m.e);
					});
					break;
				case "role":
					this.#readOnly = m.ro;
					this.#events.role?.(m.ro, m.why ?? "");
					break;
				case "denied":
					this.#ready = false;
					this.#events.denied?.(m.code, m.e);
					break;
				case "threads":
					this.#events.threads?.();
					break;
				case "cur":
				case "gone": this.#events.presence?.(m);
			}
		}
		#init(m) {
			const { state } = this.#editor;
			const lost = state ? unconfirmedOf(state) : [];
			this.#editor.reset(m.doc, m.v);
			if (lost.length > 0) this.#events.dropped?.(lost, "reset");
			this.#begin(m.ro ?? false, m.why ?? "");
		}
		#begin(readOnly, why) {
			this.#ready = true;
			this.#readOnly = readOnly;
			this.#events.ready?.(readOnly, why);
			const { state } = this.#editor;
			const again = state && retake(state);
			if (again) this.#push(again);
			else this.#flush();
		}
		#steps(m) {
			const { state } = this.#editor;
			if (!state) return;
			const version = versionOf(state);
			if (m.v < version) return;
			if (m.v > version) {
				this.connected("");
				return;
			}
			const steps = m.s.map((s) => Step.fromJSON(state.schema, s));
			const flight = inFlightOf(state);
			if (m.c === this.client && flight?.batch === m.b) {
				this.#take(confirm(state, steps, m.i), "conflict");
				this.#events.confirmed?.(m.b, m.i);
				this.#events.committed?.(m);
				this.#flush();
			} else {
				this.#take(rebase(state, steps), "conflict");
				this.#events.committed?.(m);
			}
		}
		#own(batch, act) {
			const { state } = this.#editor;
			if (!state || inFlightOf(state)?.batch !== batch) return;
			act(state);
			this.#flush();
		}
		#take({ tr, dropped }, why) {
			this.#editor.dispatch(tr);
			if (dropped.length > 0) this.#events.dropped?.(dropped, why);
		}
		#flush() {
			const { state } = this.#editor;
			if (!this.#ready || this.#readOnly || !state) return;
			const next = take(state, this.#batch + 1);
			if (!next) return;
			this.#batch++;
			this.#editor.dispatch(next.tr);
			this.#push(next.push);
		}
		#push(p) {
			if (!p || !this.#ready) return;
			const s = p.steps.map((step) => step.toJSON());
			this.#send({
				t: "push",
				d: this.draft,
				v: p.version,
				b: p.batch,
				s,
				i: p.indexes
			});
		}
	};
	function testClient(spec) {
		const schema = new Schema({
			topNode: spec.topNode,
			nodes: Object.fromEntries(spec.nodes),
			marks: Object.fromEntries(spec.marks)
		});
		const clients = new Map();
		const the = (id) => {
			const found = clients.get(id);
			if (!found) throw new Error(`no client ${id}`);
			return found;
		};
		const take = (c) => JSON.stringify(c.out.splice(0));
		return {
			create: (id, draft, suggester = "") => {
				clients.set(id, new TestClient(schema, id, draft, suggester));
			},
			connect: (id, ticket) => {
				the(id).session.connected(ticket);
				return take(the(id));
			},
			disconnect: (id) => the(id).session.disconnected(),
			receive: (id, message) => {
				the(id).session.receive(JSON.parse(message));
				return take(the(id));
			},
			edit: (id, kind, where, text) => {
				the(id).edit(kind, where, text);
				return take(the(id));
			},
			do: (id, action, find, offset, text) => {
				the(id).act(action, find, offset, text);
				return take(the(id));
			},
			cursor: (id) => {
				the(id).session.cursor();
				return take(the(id));
			},
			report: (id) => JSON.stringify(the(id).report()),
			remove: (id) => clients.delete(id),
			replay: (doc, steps) => {
				let node = Node.fromJSON(schema, JSON.parse(doc));
				for (const s of JSON.parse(steps)) node = apply(schema, node, s);
				return JSON.stringify(node.toJSON());
			}
		};
	}
	function apply(schema, node, json) {
		const result = Step.fromJSON(schema, json).apply(node);
		if (!result.doc) throw new Error(result.failed ?? "step failed");
		return result.doc;
	}
	var TestClient = class {
		state = null;
		session;
		out = [];
		#schema;
		#structural;
		#dropped = 0;
		#refused = [];
		#confirmed = [];
		#denied = "";
		#why = "";
		#people = new Map();
		#suggester;
		#changes = 0;
		constructor(schema, id, draft, suggester) {
			this.#schema = schema;
			this.#suggester = suggester;
			this.session = new LiveSession({
				draft,
				client: id,
				editor: this,
				send: (m) => this.out.push(m),
				dropped: (steps, why) => {
					this.#dropped += steps.length;
					if (why !== "conflict") this.#refused.push(why);
				},
				confirmed: (batch, kept) => this.#confirmed.push({
					batch,
					kept
				}),
				ready: (_, why) => {
					this.#why = why;
				},
				role: (_, why) => {
					this.#why = why;
				},
				presence: (m) => {
					if (m.t === "cur") this.#people.set(m.c, m.n);
					else this.#people.delete(m.c);
				},
				denied: (code, reason) => {
					this.#denied = `${code}: ${reason}`;
				}
			});
			this.#structural = structural(schema);
		}
		dispatch(tr) {
			if (this.state) this.state = this.state.apply(tr);
		}
		reset(doc, version) {
			this.state = EditorState.create({
				doc: Node.fromJSON(this.#schema, doc),
				plugins: [collab({ version }), history()]
			});
		}
		edit(kind, where, text) {
			const { state } = this;
			if (!state) return;
			if (kind < .06) this.#select(where, kind);
			else if (kind < .22) this.#run(this.#structural[Math.floor(where * this.#structural.length)]);
			else if (kind < .26) this.#run(toggleMark(this.#mark("bold")));
			else if (kind < .3) this.#run(deleteSelection);
			else if (kind < .36) this.#backspace();
			else if (state.selection.$from.parent.isTextblock) this.#change(state.tr.insertText(text));
			else this.#select(where, 0);
		}
		act(action, find, offset, text) {
			const { state } = this;
			if (!state) return;
			const at = position(state.doc, find) + offset;
			this.dispatch(state.tr.setSelection(TextSelection.create(state.doc, at)));
			const at0 = this.state;
			if (action === "type") this.#change(at0.tr.insertText(text));
			else if (action === "bold") this.#change(at0.tr.addMark(at, at + text.length, this.#mark("bold").create()));
			else if (action === "replace") this.#change(at0.tr.insertText(text, at, at + find.length));
			else if (!this.#run(named(this.#schema, action))) throw new Error(`${action} was refused`);
		}
		report() {
			const { state } = this;
			return {
				doc: state?.doc.toJSON(),
				version: state ? versionOf(state) : -1,
				unconfirmed: state ? unconfirmedOf(state).length : 0,
				in_flight: state ? inFlightOf(state) : null,
				ready: this.session.ready,
				read_only: this.session.readOnly,
				why: this.#why,
				batch: this.session.batch,
				dropped: this.#dropped,
				refused: this.#refused,
				people: [...this.#people.values()].sort(),
				denied: this.#denied,
				confirmed: this.#confirmed.splice(0)
			};
		}
		#mark(name) {
			const mark = this.#schema.marks[name];
			if (!mark) throw new Error(`no mark ${name}`);
			return mark;
		}
		#change(change) {
			const isHonest = ++this.#changes % 10 !== 0;
			const tr = this.#suggester && this.state && isHonest ? asSuggestion(change, this.state, this.#suggester, new Date(0), () => `s${this.#changes}`) : change;
			this.dispatch(tr);
			if (tr.docChanged) this.session.changed();
		}
		#run(command) {
			const { state } = this;
			return Boolean(state && command?.(state, (tr) => this.#change(tr)));
		}
		#select(where, kind) {
			const { state } = this;
			if (!state) return;
			const blocks = [];
			state.doc.descendants((n, pos) => {
				if (n.isTextblock) blocks.push([pos + 1, pos + 1 + n.content.size]);
			});
			const scaled = where * blocks.length;
			const [from, to] = blocks[Math.floor(scaled)] ?? [1, 1];
			const at = from + Math.floor(scaled % 1 * (to - from + 1));
			const other = kind > .036 ? Math.min(state.doc.content.size, at + Math.floor(kind * 400)) : at;
			this.dispatch(state.tr.setSelection(TextSelection.between(state.doc.resolve(at), state.doc.resolve(other))));
		}
		#backspace() {
			const { state } = this;
			if (state && state.selection.$from.parentOffset > 0) this.#change(state.tr.delete(state.selection.from - 1, state.selection.from));
		}
	};
	function position(doc, find) {
		let at = -1;
		doc.descendants((n, pos) => {
			if (at < 0 && n.isText && n.text?.includes(find)) at = pos + n.text.indexOf(find);
		});
		if (at < 0) throw new Error(`${find} is not in the document`);
		return at;
	}
	function named(schema, action) {
		const node = (name) => {
			const type = schema.nodes[name];
			if (!type) throw new Error(`no node ${name}`);
			return type;
		};
		const command = {
			heading: setBlockType(node("heading"), { level: 2 }),
			heading3: setBlockType(node("heading"), { level: 3 }),
			paragraph: setBlockType(node("paragraph")),
			bullets: wrapInList(node("bulletList")),
			numbers: wrapInList(node("orderedList")),
			quote: wrapIn(node("blockquote")),
			lift,
			split: splitBlock,
			splitItem: splitListItem(node("listItem")),
			sink: sinkListItem(node("listItem")),
			liftItem: liftListItem(node("listItem")),
			join: joinBackward,
			undo: undo$1,
			redo: redo$1
		}[action];
		if (!command) throw new Error(`no action ${action}`);
		return command;
	}
	function structural(schema) {
		return [
			"heading",
			"paragraph",
			"bullets",
			"numbers",
			"quote",
			"lift",
			"split",
			"splitItem",
			"sink",
			"liftItem",
			"join",
			"undo",
			"redo",
			"undo"
		].map((name) => named(schema, name));
	}
	globalThis.client = testClient({
		"topNode": "doc",
		"nodes": [
			["paragraph", {
				"content": "inline*",
				"group": "block",
				"attrs": {}
			}],
			["blockquote", {
				"content": "block+",
				"group": "block",
				"defining": true,
				"attrs": {}
			}],
			["bulletList", {
				"content": "listItem+",
				"group": "block list",
				"attrs": {}
			}],
			["codeBlock", {
				"content": "text*",
				"marks": "",
				"group": "block",
				"defining": true,
				"code": true,
				"attrs": { "language": { "default": null } }
			}],
			["doc", {
				"content": "block+",
				"attrs": {}
			}],
			["hardBreak", {
				"group": "inline",
				"inline": true,
				"attrs": {}
			}],
			["heading", {
				"content": "inline*",
				"group": "block",
				"defining": true,
				"attrs": { "level": { "default": 1 } }
			}],
			["horizontalRule", {
				"group": "block",
				"attrs": {}
			}],
			["listItem", {
				"content": "paragraph block*",
				"defining": true,
				"attrs": {}
			}],
			["orderedList", {
				"content": "listItem+",
				"group": "block list",
				"attrs": {
					"start": { "default": 1 },
					"type": { "default": null }
				}
			}],
			["text", {
				"group": "inline",
				"attrs": {}
			}],
			["figure", {
				"group": "block",
				"atom": true,
				"attrs": {
					"asset": {},
					"alt": { "default": null },
					"caption": { "default": "" },
					"width": { "default": "normal" }
				}
			}],
			["file", {
				"group": "block",
				"atom": true,
				"attrs": {
					"asset": {},
					"name": {}
				}
			}],
			["embed", {
				"group": "block",
				"atom": true,
				"attrs": { "href": {} }
			}],
			["table", {
				"content": "tableRow+",
				"group": "block",
				"isolating": true,
				"attrs": {}
			}],
			["tableRow", {
				"content": "(tableCell | tableHeader)*",
				"attrs": {}
			}],
			["tableHeader", {
				"content": "block+",
				"isolating": true,
				"attrs": {
					"colspan": { "default": 1 },
					"rowspan": { "default": 1 },
					"colwidth": { "default": null },
					"align": { "default": null }
				}
			}],
			["tableCell", {
				"content": "block+",
				"isolating": true,
				"attrs": {
					"colspan": { "default": 1 },
					"rowspan": { "default": 1 },
					"colwidth": { "default": null },
					"align": { "default": null }
				}
			}]
		],
		"marks": [
			["link", {
				"inclusive": true,
				"attrs": {
					"href": { "default": null },
					"target": { "default": null },
					"rel": { "default": "noopener noreferrer nofollow" },
					"class": { "default": null },
					"title": { "default": null }
				}
			}],
			["bold", { "attrs": {} }],
			["italic", { "attrs": {} }],
			["strike", { "attrs": {} }],
			["underline", { "attrs": {} }],
			["code", {
				"code": true,
				"excludes": "code link bold strike italic underline",
				"attrs": {}
			}],
			["insertion", {
				"excludes": "",
				"inclusive": false,
				"attrs": {
					"id": { "default": null },
					"by": { "default": null },
					"at": { "default": null }
				}
			}],
			["deletion", {
				"excludes": "",
				"inclusive": false,
				"attrs": {
					"id": { "default": null },
					"by": { "default": null },
					"at": { "default": null }
				}
			}]
		]
	});
})();
