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
