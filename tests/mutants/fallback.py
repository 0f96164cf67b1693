"""Wrong Fallback Managers, and SMMs that hand over wrongly (clause 5.9); each docstring is the one lie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from harness import northbound
from harness.clients.http import Body
from harness.fallback import Subject, create
from harness.fallback.fallback import Fallback
from harness.fallback.procedure import Impossible, Procedure, Steps, Wait
from harness.smm import Subject as Smm
from harness.smm.operations import Context, Done, Failed, Outcome
from harness.smm.operations.fallback import AwaitFallback, RequestFallback
from harness.sut.surroundings import Surroundings
from tests.mutants.replanned import wrong


def takes_no_request(surroundings: Surroundings) -> Subject:
    """Refuses every request for a fallback."""

    class Deaf(Subject):
        def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
            if (environ["REQUEST_METHOD"], environ["PATH_INFO"]) == ("POST", "/fallback/v1/fallbacks"):
                return northbound.problem(409, "not now")(environ, start_response)
            return super().__call__(environ, start_response)

    return Deaf(create(surroundings).manager)


def stops_nobody(surroundings: Surroundings) -> Subject:
    """Restores targets that are still at work."""

    class Wrong(Procedure):
        def stop(self) -> Steps:
            yield from ()

    return create(surroundings, Wrong)


def stops_gracefully(surroundings: Surroundings) -> Subject:
    """Stops its targets gracefully, which may take for ever."""

    class Wrong(Procedure):
        def stop_request(self) -> Body:
            return {"operationalStateChange": {"operationalStateAction": "STOP", "stopType": "GRACEFUL"}}

    return create(surroundings, Wrong)


def stops_and_restores_one_by_one(surroundings: Surroundings) -> Subject:
    """Restores the first target while the others are still at work."""

    class Wrong(Procedure):
        def run(self) -> Steps:
            try:
                self.find_targets()
                everybody = self.targets
                for target in everybody:
                    self.targets = [target]
                    yield from self.stop()
                    yield from self.restore()
                    yield from self.reconcile()
                self.targets = everybody
                yield from self.unlock()
                yield from self.test()
            finally:
                self.tidy_up()

    return create(surroundings, Wrong)


def restores_only_one(surroundings: Surroundings) -> Subject:
    """Sets back the entity it was pointed at, and leaves the others of the restoration point as they are."""

    class Wrong(Procedure):
        def find_targets(self) -> None:
            super().find_targets()
            self.targets = [self.point.at]

    return create(surroundings, Wrong)


def unlocks_too_early(surroundings: Surroundings) -> Subject:
    """Unlocks its targets before they have reconciled their state."""

    class Wrong(Procedure):
        def reconcile(self) -> Steps:
            yield Wait("the targets to be up", seconds=0.35, needed=False)
            yield from super().unlock()
            yield from super().reconcile()

        def unlock(self) -> Steps:
            yield from ()

    return create(surroundings, Wrong)


def unlocks_one_after_the_other(surroundings: Surroundings) -> Subject:
    """Unlocks each target as soon as it has reconciled its own state."""

    class Wrong(Procedure):
        def reconcile(self) -> Steps:
            everybody, orders = self.targets, self._restorations
            for target in everybody:
                self.targets, self._restorations = [target], {target: orders[target]}
                yield from super().reconcile()
                yield from super().unlock()
            self.targets, self._restorations = everybody, orders

        def unlock(self) -> Steps:
            yield from ()

    return create(surroundings, Wrong)


def leaves_one_locked(surroundings: Surroundings) -> Subject:
    """Unlocks the first target only, and tests nothing but that one."""

    class Wrong(Procedure):
        def unlock(self) -> Steps:
            self.targets = self.targets[:1]
            yield from super().unlock()

        def test_requests(self) -> Iterable[Body]:
            return [body for body in super().test_requests() if body["target"] in self.targets]

    return create(surroundings, Wrong)


def tests_the_targets_only(surroundings: Surroundings) -> Subject:
    """Has only those tested that fell back, not the rest of NFV-MANO."""

    class Wrong(Procedure):
        def test_requests(self) -> Iterable[Body]:
            return [body for body in super().test_requests() if body["target"] in self.targets]

    return create(surroundings, Wrong)


def leaves_a_suite_out(surroundings: Surroundings) -> Subject:
    """Leaves the last test suite out."""

    class Wrong(Procedure):
        def test_requests(self) -> Iterable[Body]:
            return [{**body, "suites": body["suites"][:-1]} for body in super().test_requests()]

    return create(surroundings, Wrong)


def does_without_the_tester(surroundings: Surroundings) -> Subject:
    """Reports success without any test."""

    class Wrong(Procedure):
        def test(self) -> Steps:
            yield from ()

    return create(surroundings, Wrong)


def reports_before_the_tester(surroundings: Surroundings) -> Subject:
    """Reports success once the tests have begun."""

    class Wrong(Procedure):
        def await_verdict(self, run: str, tested: str) -> Steps:
            yield from ()

        def tidy_up(self) -> None:
            """The tester is still at it."""

    return create(surroundings, Wrong)


def hears_what_it_likes(surroundings: Surroundings) -> Subject:
    """Takes tests that were not passed for a success."""

    class Wrong(Procedure):
        def await_verdict(self, run: str, tested: str) -> Steps:
            try:
                yield from super().await_verdict(run, tested)
            except Impossible:
                return

    return create(surroundings, Wrong)


def takes_the_same_point_again(surroundings: Surroundings) -> Subject:
    """Tries the restoration point that failed again, and no other."""
    made = create(surroundings)
    made.manager.fallback_class = _Stubborn
    return made


class _Stubborn(Fallback):
    def try_point(self) -> None:
        at, self.at = self.at, 0
        super().try_point()
        self.at = at


def gives_up_at_once(surroundings: Surroundings) -> Subject:
    """Wants everything reinstalled though there is another restoration point."""
    made = create(surroundings)
    made.manager.fallback_class = _Discouraged
    return made


class _Discouraged(Fallback):
    def point_failed(self, why: str) -> None:
        self.at = len(self.order.points) - 1
        super().point_failed(why)


def is_never_at_a_loss(surroundings: Surroundings) -> Subject:
    """Reports success when no restoration point has led anywhere."""
    made = create(surroundings)
    made.manager.fallback_class = _Boaster
    return made


class _Boaster(Fallback):
    def end(self, state: str, outcome: str, reason: str | None) -> None:
        super().end("COMPLETED", "RESTORED", None)


def hands_nothing_over(surroundings: Surroundings) -> Smm:
    """Calls for a person though it was told of a Fallback Manager."""

    class Request(RequestFallback):
        def do(self, context: Context) -> Outcome:
            return Failed("failed", "the Fallback Manager is not asked")

    return wrong(surroundings, {"request-fallback": Request()})


def hands_over_another_point(surroundings: Surroundings) -> Smm:
    """Names a restoration point to the Fallback Manager that there is not."""

    class Request(RequestFallback):
        def body(self, context: Context) -> Body:
            told = super().body(context)
            return {**told, "restorationPoints": [{**told["restorationPoints"][0], "restorationPointId": "nowhere"}]}

    return wrong(surroundings, {"request-fallback": Request()})


def says_fallen_back_too_early(surroundings: Surroundings) -> Smm:
    """Ends as fallen back as soon as it has asked for the fallback."""

    class Await(AwaitFallback):
        def do(self, context: Context) -> Outcome:
            return Done({"restoredFrom": "some point"})

    return wrong(surroundings, {"await-fallback": Await()})
