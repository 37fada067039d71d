using NodaTime;
using NodaTime.Text;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Contracts.Lifecycle;

public sealed class ContractLifecycleTests
{
    private static readonly string[] Begun = [];
    private static readonly string[] Offered = ["proposed 1 acme"];
    private static readonly string[] Agreed = [.. Offered, "accepted 1 p-blog"];
    private static readonly string[] Stopped = [.. Agreed, "suspended acme"];
    private static readonly string[] Over = [.. Agreed, "ended acme"];
    private static readonly string[] Amended = [.. Agreed, "proposed 2 acme"];
    private static readonly string[] Announced = [.. Agreed, "change-notified 2 acme"];

    private static readonly Dictionary<string, string[]> Before = new(StringComparer.Ordinal)
    {
        ["draft"] = Begun,
        ["proposed"] = Offered,
        ["active"] = Agreed,
        ["suspended"] = Stopped,
        ["ended"] = Over,
        ["active, offer open"] = Amended,
        ["suspended, offer open"] = [.. Stopped, "proposed 2 p-blog"],
        ["active, change announced"] = Announced,
        ["active, notice given"] = [.. Agreed, "notice-given acme"],
    };

    // Every state and every event: the state after it, or the code of its refusal.
    public static TheoryData<string, string, string> Transitions { get; } = new()
    {
        { "draft", "proposed 1 acme", "proposed" },
        { "draft", "proposed 1 p-blog", "proposed" },
        { "draft", "proposed 9 acme", LifecycleCodes.VersionUnknown },
        { "draft", "proposed 1 stranger", LifecycleCodes.PartyRefused },
        { "draft", "accepted 1 p-blog", LifecycleCodes.TransitionRefused },
        { "draft", "rejected 1 p-blog", LifecycleCodes.TransitionRefused },
        { "draft", "withdrawn 1 acme", LifecycleCodes.TransitionRefused },
        { "draft", "change-notified 1 acme", LifecycleCodes.TransitionRefused },
        { "draft", "suspended acme", LifecycleCodes.TransitionRefused },
        { "draft", "resumed acme", LifecycleCodes.TransitionRefused },
        { "draft", "notice-given acme", LifecycleCodes.TransitionRefused },
        { "draft", "terminated acme", LifecycleCodes.TransitionRefused },
        { "draft", "ended acme", LifecycleCodes.TransitionRefused },
        { "proposed", "proposed 2 p-blog", "proposed" },
        { "proposed", "accepted 1 p-blog", "active" },
        { "proposed", "accepted 1 acme", LifecycleCodes.PartyRefused },
        { "proposed", "accepted 2 p-blog", LifecycleCodes.OfferMissing },
        { "proposed", "rejected 1 p-blog", "draft" },
        { "proposed", "rejected 1 acme", LifecycleCodes.PartyRefused },
        { "proposed", "withdrawn 1 acme", "draft" },
        { "proposed", "withdrawn 1 p-blog", LifecycleCodes.PartyRefused },
        { "proposed", "change-notified 2 acme", LifecycleCodes.TransitionRefused },
        { "proposed", "suspended acme", LifecycleCodes.TransitionRefused },
        { "proposed", "resumed acme", LifecycleCodes.TransitionRefused },
        { "proposed", "notice-given p-blog", LifecycleCodes.TransitionRefused },
        { "proposed", "terminated acme", LifecycleCodes.TransitionRefused },
        { "proposed", "ended acme", LifecycleCodes.TransitionRefused },
        { "active", "proposed 2 p-blog", "active" },
        { "active", "proposed 1 acme", LifecycleCodes.VersionAccepted },
        { "active", "accepted 2 p-blog", LifecycleCodes.OfferMissing },
        { "active", "rejected 2 p-blog", LifecycleCodes.OfferMissing },
        { "active", "withdrawn 2 acme", LifecycleCodes.OfferMissing },
        { "active", "change-notified 2 acme", "active" },
        { "active", "change-notified 2 p-blog", LifecycleCodes.PartyRefused },
        { "active", "suspended p-blog", "suspended" },
        { "active", "resumed acme", LifecycleCodes.TransitionRefused },
        { "active", "notice-given p-blog", "active" },
        { "active", "terminated acme", "ended" },
        { "active", "ended p-blog", "ended" },
        { "active, offer open", "accepted 2 p-blog", "active" },
        { "active, offer open", "rejected 2 p-blog", "active" },
        { "active, offer open", "withdrawn 2 acme", "active" },
        { "active, change announced", "rejected 2 p-blog", "active" },
        { "active, change announced", "withdrawn 2 acme", "active" },
        { "active, notice given", "notice-given p-blog", LifecycleCodes.NoticeStands },
        { "active, notice given", "terminated p-blog", "ended" },
        { "suspended", "proposed 2 acme", "suspended" },
        { "suspended", "accepted 2 p-blog", LifecycleCodes.OfferMissing },
        { "suspended", "rejected 2 p-blog", LifecycleCodes.OfferMissing },
        { "suspended", "withdrawn 2 acme", LifecycleCodes.OfferMissing },
        { "suspended", "change-notified 2 acme", "suspended" },
        { "suspended", "suspended acme", LifecycleCodes.TransitionRefused },
        { "suspended", "resumed acme", "active" },
        { "suspended", "resumed p-blog", LifecycleCodes.PartyRefused },
        { "suspended", "notice-given acme", "suspended" },
        { "suspended", "terminated acme", "ended" },
        { "suspended", "ended acme", "ended" },
        { "suspended, offer open", "accepted 2 acme", "suspended" },
        { "suspended, offer open", "withdrawn 2 p-blog", "suspended" },
        { "ended", "proposed 2 acme", LifecycleCodes.TransitionRefused },
        { "ended", "accepted 2 p-blog", LifecycleCodes.TransitionRefused },
        { "ended", "rejected 2 p-blog", LifecycleCodes.TransitionRefused },
        { "ended", "withdrawn 2 acme", LifecycleCodes.TransitionRefused },
        { "ended", "change-notified 2 acme", LifecycleCodes.TransitionRefused },
        { "ended", "suspended acme", LifecycleCodes.TransitionRefused },
        { "ended", "resumed acme", LifecycleCodes.TransitionRefused },
        { "ended", "notice-given acme", LifecycleCodes.TransitionRefused },
        { "ended", "terminated acme", LifecycleCodes.TransitionRefused },
        { "ended", "ended acme", LifecycleCodes.TransitionRefused },
    };

    [Theory]
    [MemberData(nameof(Transitions))]
    public void Every_state_answers_every_event(string state, string next, string expected)
    {
        ContractLifecycle before = Fold(Before[state]);
        ContractEvent change = Event(next, At("2026-03-05T12:00:00Z"));

        ContractTransition moved = before.Apply(change);

        (moved.Refusal?.Code ?? EnumText.Of(moved.Lifecycle.StateAt(change.At))).Should().Be(expected);
        if (moved.IsRefused)
        {
            moved.Lifecycle.Should().BeSameAs(before, "a refusal changes nothing");
        }
    }

    [Fact]
    public void A_refused_transition_names_state_and_event() =>
        Fold(Over).Apply(Event("resumed acme", At("2026-03-20T12:00:00Z"))).Refusal.Should().Be(
            Reason.Of(LifecycleCodes.TransitionRefused, ("state", "ended"), ("event", "resumed")));

    [Theory]
    [InlineData("2026-02-28T12:00:00Z", "before an earlier event")]
    [InlineData("9000-01-01T00:00:00Z", "beyond the calendar")]
    public void Events_come_in_order_and_within_the_calendar(string at, string because) =>
        Fold(Agreed).Apply(Event("suspended acme", At(at))).Refusal!.Code
            .Should().Be(LifecycleCodes.EventTime, because);

    [Fact]
    public void A_stranger_and_another_partner_have_no_say()
    {
        ContractEvent change = Event("suspended acme", At("2026-03-20T12:00:00Z"));

        Fold(Agreed).Apply(change with { By = new("p-mail") }).Refusal!.Code.Should().Be(LifecycleCodes.PartyRefused);
        Fold(Agreed).Apply(change with { Partner = new PartnerId("p-mail") }).Refusal!.Code
            .Should().Be(LifecycleCodes.PartyRefused);
    }

    [Fact]
    public void A_counter_offer_takes_the_place_of_the_offer()
    {
        ContractLifecycle offered = Fold([.. Offered, "proposed 2 p-blog"]);
        Instant at = At("2026-03-20T12:00:00Z");

        offered.Apply(Event("accepted 1 p-blog", at)).Refusal!.Code.Should().Be(LifecycleCodes.OfferMissing);
        ContractLifecycle agreed = offered.Apply(Event("accepted 2 acme", at)).Lifecycle;
        agreed.AcceptedAt(2).Should().Be(at);
        agreed.AcceptedAt(1).Should().BeNull();
    }

    [Fact]
    public void State_at_an_instant_is_as_it_was_then()
    {
        ContractLifecycle lifecycle = Fold(
            ["proposed 1 acme", "accepted 1 p-blog", "suspended acme", "resumed acme", "ended p-blog"]);

        // Events lie one day apart, from 1 March noon on.
        string[] states =
        [
            .. Enumerable.Range(0, 6).Select(d =>
                EnumText.Of(lifecycle.StateAt(At("2026-03-01T11:59:59Z") + Duration.FromDays(d)))),
        ];
        states.Should().Equal("draft", "proposed", "active", "suspended", "active", "ended");
        lifecycle.StateAt(At("2026-03-02T12:00:00Z")).Should().Be(ContractState.Active, "from the instant itself on");
        lifecycle.EndsAt.Should().Be(At("2026-03-05T12:00:00Z"));
    }

    // So many whole days in Berlin; the day of the notice does not count. 2026-03-29 has 23 hours, 2026-10-25 has 25.
    [Theory]
    [InlineData(0, "2026-03-10T09:00:00Z", "2026-03-10T09:00:00Z", "none: at once")]
    [InlineData(1, "2026-03-10T09:00:00Z", "2026-03-11T23:00:00Z", "one whole day")]
    [InlineData(3, "2026-03-27T09:00:00Z", "2026-03-30T22:00:00Z", "over the short day")]
    [InlineData(3, "2026-03-29T00:30:00Z", "2026-04-01T22:00:00Z", "given on the short day")]
    [InlineData(3, "2026-10-23T09:00:00Z", "2026-10-26T23:00:00Z", "over the long day")]
    [InlineData(3, "2026-03-09T22:59:59Z", "2026-03-12T23:00:00Z", "given in the last second of 9 March in Berlin")]
    [InlineData(3, "2026-03-09T23:00:00Z", "2026-03-13T23:00:00Z", "given in the first second of 10 March in Berlin")]
    [InlineData(7, "2026-02-25T12:00:00Z", "2026-03-04T23:00:00Z", "over the end of February")]
    [InlineData(7, "2028-02-25T12:00:00Z", "2028-03-03T23:00:00Z", "over the end of a leap year's February")]
    [InlineData(30, "2026-12-31T12:00:00Z", "2027-01-30T23:00:00Z", "over the end of a year")]
    public void Notice_is_counted_in_days_of_the_zone(int days, string given, string ends, string because)
    {
        ContractLifecycle lifecycle = Fold(Agreed, days, At("2026-01-01T00:00:00Z"))
            .Apply(Event("notice-given p-blog", At(given))).Lifecycle;

        lifecycle.EndsAt.Should().Be(At(ends), because);
        lifecycle.StateAt(At(ends) - Duration.Epsilon)
            .Should().Be(ContractState.Active);
        lifecycle.StateAt(At(ends)).Should().Be(ContractState.Ended);
    }

    // impact: a change applies by itself after the change notification period, of 3 days in formuladesk-impact-io.
    [Fact]
    public void Announced_changes_apply_by_themselves_after_the_notice()
    {
        ContractLifecycle lifecycle = Fold(Announced);

        lifecycle.AcceptedAt(2).Should().Be(At("2026-03-06T23:00:00Z"), "announced on 3 March, three whole days");
        lifecycle.InForceFrom(2).Should().Be(At("2026-03-06T23:00:00Z"), "although dated 1 February");
        lifecycle.IsBackDated(2).Should().BeFalse("what is announced never reaches back");

        lifecycle.Apply(Event("rejected 2 p-blog", At("2026-03-06T22:59:59Z"))).Lifecycle.AcceptedAt(2)
            .Should().BeNull("turned down in time");
        lifecycle.Apply(Event("rejected 2 p-blog", At("2026-03-06T23:00:00Z"))).Refusal!.Code
            .Should().Be(LifecycleCodes.OfferMissing, "too late: it binds");
        lifecycle.Apply(Event("accepted 2 p-blog", At("2026-03-04T12:00:00Z"))).Lifecycle.IsBackDated(2)
            .Should().BeTrue("what both accept may reach back");
    }

    [Fact]
    public void Without_agreed_notice_changes_need_acceptance() =>
        Fold(Agreed, notice: null).Apply(Event("change-notified 2 acme", At("2026-03-20T12:00:00Z"))).Refusal!.Code
            .Should().Be(LifecycleCodes.NoticeNotAgreed);

    [Fact]
    public void A_version_is_in_force_on_its_first_day_or_on_acceptance()
    {
        ContractLifecycle lifecycle = Fold([.. Amended, "accepted 2 p-blog"]);

        lifecycle.AcceptedAt(1).Should().Be(At("2026-03-02T12:00:00Z"));
        lifecycle.InForceFrom(1).Should().Be(At("2026-03-02T12:00:00Z"), "without a first day it is the acceptance");
        lifecycle.IsBackDated(1).Should().BeFalse();
        lifecycle.InForceFrom(2).Should().Be(At("2026-01-31T23:00:00Z"), "1 February in Berlin");
        lifecycle.IsBackDated(2).Should().BeTrue("accepted on 4 March");
        lifecycle.InForceFrom(3).Should().BeNull("never offered");
    }

    [Fact]
    public void Each_partner_of_a_contract_accepts_for_itself()
    {
        ContractHistory history = ContractHistory.Of("acme-2026")
            .Then(Event("proposed 1 acme", At("2026-03-01T12:00:00Z")))
            .Then(Event("accepted 1 p-blog", At("2026-03-02T12:00:00Z")))
            .Then(Event("suspended acme", At("2026-03-03T12:00:00Z")))
            .Then(Event("accepted 1 p-mail", At("2026-03-04T12:00:00Z")))
            .Then(Event("terminated acme", At("2026-03-05T12:00:00Z")) with { Partner = new PartnerId("p-mail") })
            .Then(Event("resumed p-mail", At("2026-03-06T12:00:00Z")));

        var all = ContractLifecycles.Fold(Versions(3), history);

        Instant end = At("2026-03-07T00:00:00Z");
        all.Find(new("p-blog"))!.StateAt(end).Should().Be(ContractState.Suspended);
        all.Find(new("p-mail"))!.StateAt(At("2026-03-04T12:00:00Z")).Should().Be(
            ContractState.Active, "what was suspended before had not begun here");
        all.Find(new("p-mail"))!.StateAt(end).Should().Be(ContractState.Ended);
        all.Find(new("stranger")).Should().BeNull();
        all.Refused.Select(static r => $"{r.Index} {r.Reason.Code}")
            .Should().Equal($"5 {LifecycleCodes.TransitionRefused}");
    }

    [Fact]
    public void A_history_is_read_back_as_it_was_written()
    {
        string[] all =
        [
            "proposed 1 acme", "accepted 1 p-blog", "rejected 2 p-blog", "withdrawn 2 acme", "change-notified 3 acme",
            "suspended acme", "resumed acme", "notice-given acme", "terminated acme", "ended acme",
        ];
        ContractHistory history = ContractHistory.Of("acme-2026");
        foreach (string text in all)
        {
            history = history.Then(Event(text, At("2026-03-01T12:00:00Z")) with { Partner = new PartnerId("p-blog") });
        }

        TermFailures failures = new();
        TermReader.Read(TermNode.Of(history), failures, ContractHistory.Read).Should().Be(history);
        failures.IsEmpty.Should().BeTrue();
    }

    private static ContractLifecycle Fold(string[] events, int? notice = 3, Instant? from = null)
    {
        var lifecycle = ContractLifecycle.Begin(Versions(notice), new("p-blog"));
        Instant at = from ?? At("2026-03-01T12:00:00Z");
        foreach (string text in events)
        {
            ContractTransition moved = lifecycle.Apply(Event(text, at));
            moved.Refusal.Should().BeNull();
            lifecycle = moved.Lifecycle;
            at += Duration.FromDays(1);
        }

        return lifecycle;
    }

    private static ContractDraft[] Versions(int? notice)
    {
        ContractDraft first = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(8.Percent)) with
        {
            NoticeDays = notice,
        };
        return [first, first.Amend(new(2026, 2, 1), static d => d)];
    }

    // An event by its text: the name, the version where there is one, and who.
    private static ContractEvent Event(string text, Instant at)
    {
        string[] words = text.Split(' ');
        int version = words.Length > 2 ? int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        PartyId by = new(words[^1]);
        return words[0] switch
        {
            "proposed" => new ContractEvent.Proposed(version) { At = at, By = by },
            "accepted" => new ContractEvent.Accepted(version) { At = at, By = by },
            "rejected" => new ContractEvent.Rejected(version) { At = at, By = by },
            "withdrawn" => new ContractEvent.Withdrawn(version) { At = at, By = by },
            "change-notified" => new ContractEvent.ChangeNotified(version) { At = at, By = by },
            "suspended" => new ContractEvent.Suspended { At = at, By = by },
            "resumed" => new ContractEvent.Resumed { At = at, By = by },
            "notice-given" => new ContractEvent.NoticeGiven { At = at, By = by },
            "terminated" => new ContractEvent.Terminated { At = at, By = by },
            "ended" => new ContractEvent.Ended { At = at, By = by },
            _ => throw new ArgumentException(text, nameof(text)),
        };
    }

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}
