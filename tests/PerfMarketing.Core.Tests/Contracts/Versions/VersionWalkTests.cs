using System.Globalization;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Contracts.Versions;

public sealed class VersionWalkTests
{
    // Versions: v1 from January; v2 from 1 March; v3 from 1 April; all without an end. Instants are dates of 2026 at
    // noon: the outcome, the partner's first credited touch, and since when the customer is the partner's.
    [Theory]
    [InlineData("outcome outcome", "02-15", null, null, "v1", "before any change")]
    [InlineData("outcome outcome", "03-15", "02-15", "01-15", "v2", "the outcome decides alone")]
    [InlineData("outcome outcome", "04-15", "02-15", "01-15", "v3", "the newest")]
    [InlineData("touch outcome", "03-15", "02-15", null, "v1", "touched before v2")]
    [InlineData("touch outcome", "03-15", "03-02", null, "v2", "touched under v2")]
    [InlineData("touch outcome", "03-15", null, null, "v2", "no touch is before nothing")]
    [InlineData("touch outcome", "04-15", "02-15", null, "v3", "v3 does not ask")]
    [InlineData("touch touch", "04-15", "03-15", null, "v2", "one step back")]
    [InlineData("touch touch", "04-15", "02-15", null, "v1", "two steps back")]
    [InlineData("outcome touch", "04-15", "02-15", null, "v2", "v2 does not ask: the walk ends there")]
    [InlineData("customer outcome", "03-15", "03-02", "02-15", "v1", "a customer from before")]
    [InlineData("customer outcome", "03-15", "03-02", "03-02", "v2", "a customer of v2")]
    [InlineData("customer outcome", "03-15", null, null, "v2", "a customer whom nobody knows")]
    [InlineData("customer customer", "04-15", "04-02", "03-15", "v2", "one step back")]
    [InlineData("customer customer", "04-15", "04-02", "02-15", "v1", "two steps back")]
    [InlineData("touch customer", "04-15", "02-15", "02-15", "v1", "each version asks for its own")]
    [InlineData("touch customer", "04-15", "03-15", "02-15", "v2", "the customer is old, the touch is not")]
    [InlineData("customer touch", "04-15", "03-15", "02-15", "v1", "the touch is old, and the customer older")]
    public void Walk_ends_at_the_newest_version_that_takes_the_outcome(
        string grandfathering, string outcome, string? touch, string? since, string expected, string because)
    {
        Contract[] versions = Versions(grandfathering);
        VersionQuestion question = Ask(outcome) with { FirstTouch = On(touch), CustomerSince = On(since) };

        VersionChoice choice = VersionWalk.Choose(versions, null, question, explain: true);

        $"v{choice.Contract?.Version}".Should().Be(expected, because);
        choice.Passed.Count.Should().Be(3 - choice.Contract!.Version, "each newer version says why it was passed over");
    }

    [Fact]
    public void Instants_on_the_boundary_belong_to_the_new_version()
    {
        Contract[] versions = Versions("touch outcome");
        Instant first = InstantPattern.ExtendedIso.Parse("2026-02-28T23:00:00Z").Value;
        VersionQuestion question = Ask("03-15") with { OccurredAt = first };

        Number(versions, question).Should().Be(2, "1 March begins in Berlin");
        Number(versions, question with { OccurredAt = first - Duration.Epsilon }).Should().Be(1);
        Number(versions, question with { FirstTouch = first }).Should().Be(2);
        Number(versions, question with { FirstTouch = first - Duration.Epsilon }).Should().Be(1);
    }

    [Fact]
    public void Passed_versions_are_explained_from_the_newest()
    {
        VersionQuestion question = Ask("03-15") with { FirstTouch = On("02-15") };

        VersionWalk.Choose(Versions("touch outcome"), null, question, explain: true).Passed.Should().Equal(
            Reason.Of(VersionReasons.NotEffective, ("contract", "acme"), ("version", 3)),
            Reason.Of(
                VersionReasons.TouchedBefore, ("contract", "acme"), ("version", 2), ("touch", On("02-15")!.Value)));
        VersionWalk.Choose(Versions("touch outcome"), null, question).Passed.Should().BeEmpty("nobody asked");
    }

    [Fact]
    public void A_promotion_with_an_end_gives_way_to_the_version_before()
    {
        ContractDraft normal = Draft();
        Contract promotion = normal
            .Amend(new(2026, 3, 1), static d => d.EffectiveFrom(new(2026, 3, 1), new(2026, 3, 8))).Build();
        Contract[] versions = [promotion, normal.Build()];

        Number(versions, Ask("03-07")).Should().Be(2);
        Number(versions, Ask("03-08")).Should().Be(1);
    }

    [Fact]
    public void A_partner_whom_the_version_drops_is_paid_only_by_the_version_before()
    {
        ContractDraft first = Draft().WithPartner("p-mail");
        Contract second = first.Amend(
            new(2026, 3, 1), static d => (d with { Partners = [new("p-blog")] }).Grandfathered(Grandfathering.Touch))
            .Build();
        Contract[] versions = [second, first.Build()];
        VersionQuestion question = Ask("03-15") with { Partner = new("p-mail") };

        VersionWalk.Choose(versions, null, question with { FirstTouch = On("03-02") })
            .Should().Be(new VersionChoice(null, null, []), "the contract has nothing to do with the partner any more");
        Number(versions, question with { FirstTouch = On("02-15") }).Should().Be(1);
    }

    [Fact]
    public void What_is_not_accepted_yet_does_not_count()
    {
        Contract[] versions = Versions("outcome outcome");
        ContractLifecycle lifecycle = Live(
            versions, Proposed(1, "01-05"), Accepted(1, "01-10"), Proposed(2, "03-05"), Accepted(2, "03-20"));
        VersionQuestion question = Ask("03-15");

        Number(versions, question with { AsOf = On("03-19")!.Value }, lifecycle).Should().Be(1);
        Number(versions, question with { AsOf = On("03-20")!.Value }, lifecycle).Should().Be(2, "from 1 March on");
        VersionWalk.Choose(versions, lifecycle, Ask("01-07") with { AsOf = On("01-08")!.Value }).Refusal.Should().Be(
            Reason.Of(VersionReasons.NoneAccepted, ("contract", "acme"), ("version", 1)));
        Number(versions, Ask("01-07"), lifecycle).Should().Be(1, "accepted as dated, later");
    }

    [Fact]
    public void Suspended_time_is_not_paid()
    {
        Contract[] versions = Versions("outcome outcome");
        ContractLifecycle lifecycle = Live(
            versions,
            Proposed(1, "01-05"),
            Accepted(1, "01-10"),
            new ContractEvent.Suspended { At = On("02-10")!.Value, By = new("acme") },
            new ContractEvent.Resumed { At = On("02-12")!.Value, By = new("acme") });

        VersionWalk.Choose(versions, lifecycle, Ask("02-11")).Refusal!.Code.Should().Be(VersionReasons.Suspended);
        Number(versions, Ask("02-09"), lifecycle).Should().Be(1);
        Number(versions, Ask("02-12"), lifecycle).Should().Be(1, "half-open: resumed at noon");
    }

    // The contract ends on 10 March at noon.
    [Theory]
    [InlineData("{}", "03-09", null, null, true, "occurred before the end")]
    [InlineData("{}", "03-10", "03-09", "03-09", false, "the end itself is after")]
    [InlineData("nothing", "03-09", null, null, false, "what is pending at the end is given up")]
    [InlineData("touched", "03-24", "03-09", null, true, "touched before, within 15 days")]
    [InlineData("touched", "03-25", "03-09", null, false, "half-open: 15 days are over")]
    [InlineData("touched", "03-12", "03-11", null, false, "touched after the end")]
    [InlineData("touched", "03-12", null, "03-01", false, "children are another matter")]
    [InlineData("children", "05-09", "03-01", "03-09", true, "child within two months")]
    [InlineData("children", "05-10", "03-01", "03-09", false, "half-open: two months are over")]
    [InlineData("children", "03-12", "03-01", "03-11", false, "the parent came after the end")]
    [InlineData("children", "03-12", "03-01", null, false, "not a child")]
    public void Tail_says_what_is_paid_after_the_end(
        string tail, string outcome, string? touch, string? parent, bool isPaid, string because)
    {
        TailTerms terms = tail switch
        {
            "nothing" => new() { Pending = false },
            "touched" => new() { TouchedFor = Duration.FromDays(15) },
            "children" => new() { ChildMonths = 2 },
            _ => TailTerms.Default,
        };
        Contract[] versions = [Draft().WithTail(terms).Build()];
        VersionQuestion question = Ask(outcome) with { FirstTouch = On(touch), ParentAt = On(parent) };
        ContractEvent end = new ContractEvent.Ended { At = On("03-10")!.Value, By = new("acme") };

        VersionChoice choice = VersionWalk.Choose(
            versions, Live(versions, Proposed(1, "01-05"), Accepted(1, "01-10"), end), question);
        (choice.Contract is not null).Should().Be(isPaid, because);
        choice.Refusal?.Code.Should().Be(VersionReasons.Ended);

        ContractEvent cause = new ContractEvent.Terminated { At = end.At, By = end.By };
        VersionWalk.Choose(versions, Live(versions, Proposed(1, "01-05"), Accepted(1, "01-10"), cause), question)
            .Contract.Should().Be(tail == "{}" && isPaid ? versions[0] : null, "for cause there is no longer tail");
    }

    [Fact]
    public void Tail_also_follows_the_last_day_of_the_last_version()
    {
        Contract dated = Draft().EffectiveFrom(new(2026, 1, 1), new(2026, 3, 10))
            .WithTail(new() { TouchedFor = Duration.FromDays(15) }).Build();

        Number([dated], Ask("03-12") with { FirstTouch = On("03-01") }).Should().Be(1);
        VersionWalk.Choose([dated], null, Ask("03-12")).Refusal!.Code.Should().Be(VersionReasons.Ended);
    }

    [Fact]
    public void A_parent_may_hand_down_its_version()
    {
        Contract[] versions = Versions("outcome outcome");
        VersionQuestion question = Ask("04-15") with { Inherited = [new(new("acme"), 1)] };

        Number(versions, question).Should().Be(1);
        Number(versions, question with { Inherited = [new(new("other"), 1)] }).Should().Be(3, "of another contract");
        VersionWalk.Choose(versions, null, question, explain: true).Passed.Select(static r => r.Code)
            .Should().Equal(VersionReasons.NotInherited, VersionReasons.NotInherited);
    }

    [Fact]
    public void Touches_are_judged_by_the_version_in_force_at_the_touch()
    {
        ContractDraft first = Draft();
        Contract[] versions =
        [
            first.Amend(new(2026, 3, 1), static d => d.WithPartner("p-mail")).Build(), first.Build(),
        ];
        ContractLifecycle lifecycle = Live(
            versions,
            Proposed(1, "01-05"),
            Accepted(1, "01-10"),
            new ContractEvent.Suspended { At = On("02-10")!.Value, By = new("acme") });

        Eligible(versions, null, "p-mail", "02-27").Should().BeFalse();
        Eligible(versions, null, "p-mail", "03-02").Should().BeTrue();
        Eligible(versions, lifecycle, "p-blog", "01-07").Should().BeTrue("accepted as dated, later");
        Eligible(versions, lifecycle, "p-blog", "02-11").Should().BeFalse("suspended");
        Eligible(versions, Live(versions), "p-blog", "01-07").Should().BeTrue("may still be accepted as dated");
    }

    private static bool Eligible(Contract[] versions, ContractLifecycle? lifecycle, string partner, string at) =>
        VersionWalk.InForce(versions, lifecycle, On(at)!.Value, Instant.MaxValue)?.Names(new(partner)) == true;

    private static int? Number(Contract[] versions, VersionQuestion question, ContractLifecycle? lifecycle = null) =>
        VersionWalk.Choose(versions, lifecycle, question).Contract?.Version;

    private static ContractLifecycle Live(Contract[] versions, params ContractEvent[] events)
    {
        var lifecycle = ContractLifecycle.Begin([.. versions.Select(static v => v.ToDraft())], new("p-blog"));
        foreach (ContractEvent change in events)
        {
            ContractTransition moved = lifecycle.Apply(change);
            moved.Refusal.Should().BeNull();
            lifecycle = moved.Lifecycle;
        }

        return lifecycle;
    }

    private static ContractEvent.Proposed Proposed(int version, string at) =>
        new(version) { At = On(at)!.Value, By = new("acme") };

    private static ContractEvent.Accepted Accepted(int version, string at) =>
        new(version) { At = On(at)!.Value, By = new("p-blog") };

    private static Contract[] Versions(string grandfathering)
    {
        Grandfathering[] of = [.. grandfathering.Split(' ').Select(static g =>
            EnumText.TryParse(g, out Grandfathering value) ? value : throw new ArgumentException(g))];
        ContractDraft first = Draft();
        ContractDraft second = first.Amend(new(2026, 3, 1), d => d.Grandfathered(of[0]));
        ContractDraft third = second.Amend(new(2026, 4, 1), d => d.Grandfathered(of[1]));
        return [third.Build(), second.Build(), first.Build()];
    }

    private static ContractDraft Draft() => ContractDraft.For("acme").PaidBy("acme").WithPartner("p-blog")
        .In(Currency.Eur, "Europe/Berlin").EffectiveFrom(new(2026, 1, 1)).Pays("sale", Pay.RevenueShare(8.Percent));

    private static VersionQuestion Ask(string outcome) => new()
    {
        Partner = new("p-blog"),
        OccurredAt = On(outcome)!.Value,
        AsOf = Instant.FromUtc(2026, 12, 1, 0, 0),
    };

    private static Instant? On(string? date) => date is null
        ? null
        : Instant.FromUtc(
            2026,
            int.Parse(date[..2], CultureInfo.InvariantCulture),
            int.Parse(date[3..], CultureInfo.InvariantCulture),
            12,
            0);
}
