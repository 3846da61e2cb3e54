from handouts.model.kept import kept


def test_results_are_kept_by_identity_and_strings_by_their_letters() -> None:
    calls: list[object] = []

    @kept(2)
    def length(value: list[int], word: str) -> int:
        calls.append(value)
        return len(value) + len(word)

    one, same = [1], [1]
    assert [length(one, "a"), length(one, "".join(["a"])), length(same, "a"), length(one, "bc")] == [2, 2, 2, 3]
    assert [value is one for value in calls] == [True, False, True]
    length(one, "a")  # the oldest is gone by now
    assert len(calls) == 4


def test_a_result_may_depend_on_less_than_is_given() -> None:
    calls: list[str] = []

    @kept(2, of=lambda word, _: (word,))
    def upper(word: str, extra: object) -> str:
        calls.append(word)
        return word.upper()

    assert [upper("a", 1), upper("a", 2), upper("b", 1)] == ["A", "A", "B"]
    assert calls == ["a", "b"]
