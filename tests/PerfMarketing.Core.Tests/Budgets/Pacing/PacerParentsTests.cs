using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Pacing;

namespace PerfMarketing.Tests.Budgets.Pacing;

/// <summary>Caps above a paced budget, and the reason of every refusal.</summary>
public sealed class PacerParentsTests
{
    [Fact]
    public void A_cost_is_set_aside_in_all_caps_or_in_none()
    {
        (BudgetCounter account, BudgetCounter campaign) = (new(1_000), new(50));
        Pacer pacer = Make(100, account, campaign);

        pacer.Decide(new(30), Paces.Start).IsAdmitted.Should().BeTrue();
        PaceDecision refused = pacer.Decide(new(30), Paces.Start);

        (refused.Reason, refused.Headroom).Should().Be((PaceReason.ParentCap, 70));
        (account.Used, campaign.Used, pacer.Counter.Used).Should().Be((30, 30, 30));
        pacer.Decide(new(20), Paces.Start).IsAdmitted.Should().BeTrue();
        (account.Used, campaign.Used, pacer.Counter.Used).Should().Be((50, 50, 50));
    }

    [Fact]
    public void What_the_minute_refuses_is_set_aside_nowhere()
    {
        BudgetCounter account = new(1_000);
        TrafficForecast forecast = TrafficForecast.Even(Paces.Day, 14_400);
        Pacer pacer = new(new() { Mode = PacingMode.Even }, forecast, new(14_400)) { Parents = [account] };
        List<PaceReason> reasons =
            [.. Enumerable.Range(0, 30).Select(_ => pacer.Decide(new(1), Paces.Start).Reason)];

        reasons.Count(static r => r == PaceReason.Admitted).Should().Be(10);
        reasons[^1].Should().Be(PaceReason.BurstCap);
        account.Used.Should().Be(10);
    }

    [Fact]
    public void A_pace_counts_on_no_more_than_the_cap_above_has_left()
    {
        BudgetCounter account = new(10_000, 9_000);
        TrafficForecast forecast = TrafficForecast.Even(Paces.Day, 10_000);
        Pacer pacer = new(new(), forecast, new(5_000)) { Parents = [account] };
        pacer.Decide(new(0), Paces.Start);
        pacer.Plan.PassRate.Should().BeApproximately(1_000 / 9_800d, 1e-9);
    }

    [Fact]
    public void Two_paces_under_one_cap_never_pass_it()
    {
        BudgetCounter account = new(10_000);
        Pacer[] pacers = [Make(8_000, account), Make(8_000, account)];
        Thread[] threads = [.. pacers.Select(static pacer => new Thread(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                pacer.Decide(new(3) { Worth = 1 }, Paces.Start + Duration.FromSeconds(i / 10));
            }
        }))];
        Array.ForEach(threads, static t => t.Start());
        Array.ForEach(threads, static t => t.Join());

        account.Used.Should().Be(9_999).And.Be(pacers.Sum(static p => p.Counter.Used));
    }

    [Fact]
    public void Every_reason_can_be_met()
    {
        HashSet<PaceReason> met = [];
        void Meet(Pacer pacer, PaceRequest request, Instant at) => met.Add(pacer.Decide(request, at).Reason);

        Pacer free = Make(100);
        Meet(free, new(1), Paces.Start);
        Meet(free, new(100), Paces.Start);
        Meet(free, new(1), Paces.Day.End);
        free.Pause();
        Meet(free, new(1), Paces.Start);
        Meet(Make(100, new BudgetCounter(0)), new(1), Paces.Start);
        Meet(Paces.Of(new(), 3_000), new(1), Paces.Start);
        Meet(Paces.Of(new() { TargetReturn = 2 }, 3_000), new(1) { Worth = 1 }, Paces.Start);
        Meet(Paces.Of(new() { Mode = PacingMode.Even }, 3_000), new(10), Paces.Start);

        met.Should().BeEquivalentTo(Enum.GetValues<PaceReason>());
    }

    // Source: reference/budgets-and-pacing.md §11.15: permuting refused requests changes nothing.
    [Fact]
    public void The_order_of_refused_requests_of_a_minute_changes_nothing()
    {
        static List<bool> Admitted(bool isTurnedAround)
        {
            Pacer pacer = Paces.Of(new(), 1_008, expectedCost: 14_400);
            List<bool> admitted = [];
            for (int minute = 0; minute < 1_440; minute++)
            {
                // Nine that are too bad once the spread is known, and one of which seven in ten are bought.
                int[] order = [.. Enumerable.Range(0, 9)];
                foreach (int i in isTurnedAround ? order.Reverse() : order)
                {
                    pacer.Decide(new(1) { Worth = 0.1 + (i * 0.1) }, Paces.Start + Duration.FromMinutes(minute));
                }

                admitted.Add(pacer.Decide(
                    new(1) { Worth = 3 + (minute % 7) }, Paces.Start + Duration.FromMinutes(minute)).IsAdmitted);
            }

            return admitted;
        }

        List<bool> admitted = Admitted(isTurnedAround: false);
        admitted.Should().Contain(true).And.Contain(false);
        Admitted(isTurnedAround: true).Should().Equal(admitted);
    }

    private static Pacer Make(long limit, params BudgetCounter[] parents)
    {
        PacingTerms terms = new() { Mode = PacingMode.AsSoonAsPossible };
        return new(terms, TrafficForecast.Even(Paces.Day, 10_000), new(limit)) { Parents = parents };
    }
}
