using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.RandomLog;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Laws of limits, whatever comes in, in whatever order.</summary>
public sealed class LimitLawTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20_261_121, 1);

    private static readonly Instant End = Instant.FromUtc(2027, 6, 1, 0, 0);

    [Fact]
    public void Payable_cap_is_never_exceeded() => Check(static (setting, steps) =>
    {
        HashSet<LimitKey> touched = [];
        RunWith(setting, steps, run => decision =>
        {
            touched.UnionWith(decision.Records.OfType<LimitMoved>().Select(static m => m.Key));
            foreach (LimitKey key in touched)
            {
                Limit limit = LimitOf(run.State.Campaign, key);
                if (limit.OnExceeded != LimitOverflow.Notify)
                {
                    run.State.LimitOf(key)!.Taken.Should().BeLessThanOrEqualTo(
                        limit.Count ?? limit.Amount?.Amount ?? decimal.MaxValue);
                }
            }
        });
    });

    [Fact]
    public void Limits_hold_what_earnings_and_corrections_come_to() => Check(static (setting, steps) =>
    {
        HashSet<LimitKey> touched = [];
        CampaignRun run = RunWith(setting, steps, _ => d =>
            touched.UnionWith(d.Records.OfType<LimitMoved>().Select(static m => m.Key)));
        foreach (LimitKey key in touched.Where(k => LimitOf(run.State.Campaign, k).Amount is not null))
        {
            decimal paid = run.State.Outcomes.SelectMany(static o => o.Earnings)
                .Where(e => IsIn(run.State.Campaign, key, e.Earning))
                .Sum(static e => e.Net.Amount + e.Repriced.Amount);
            run.State.LimitOf(key)!.Used.Should().Be(paid);
        }
    });

    [Fact]
    public void Nobody_waits_whose_turn_has_come() => Check(static (setting, steps) =>
    {
        HashSet<LimitKey> touched = [];
        CampaignRun run = RunOf(CampaignOf(setting));
        foreach (CampaignInput input in InputsOf(steps))
        {
            touched.UnionWith(run.Process(input).Records.OfType<LimitMoved>().Select(static m => m.Key));
            touched.Select(key => run.State.LimitOf(key)!.Due).Where(static due => due is not null).Should().BeEmpty();
        }

        run.Expire(End);
        foreach (LimitKey key in touched.Where(static k => k.Period != "lifetime"))
        {
            run.State.LimitOf(key)!.WaitingCount.Should().Be(0, "every period has ended");
        }
    });

    [Fact]
    public void What_was_cut_and_what_is_paid_is_what_was_priced() => Check(static (setting, steps) =>
    {
        Setting ordinary = setting with { Model = setting.Model % 3, Limit = 0, Excess = LimitOverflow.PayRemainder };
        Dictionary<EntryId, Earning> free = RunWith(ordinary with { Cap = 0 }, steps)
            .Entries.OfType<Earning>().ToDictionary(static e => e.Id);
        foreach (Earning earning in RunWith(ordinary, steps).Entries.OfType<Earning>())
        {
            Accrual cut = Accrual.Zero(Currency.Eur);
            foreach (PayoutLine line in earning.Lines.Where(static l => l.Code == PayoutLineNames.OverLimit))
            {
                cut += line.Amount;
            }

            // What waited has seen more corrections by the time it was priced, and a late touch another credit.
            if (free.TryGetValue(earning.Id, out Earning? whole) && whole.DecidedAt == earning.DecidedAt)
            {
                (earning.Amount - cut).Should().Be((Accrual)whole.Amount);
            }
        }
    });

    private static Limit LimitOf(Campaign campaign, LimitKey key)
    {
        Contract contract = campaign.Contracts.First(c => c.Id == key.Contract);
        return (key.Clause.IsUnset ? contract.Limits : contract.FindClause(key.Clause)!.Limits)
            .First(l => l.Id == key.Limit);
    }

    private static bool IsIn(Campaign campaign, LimitKey key, Earning earning)
    {
        Contract contract = campaign.Contracts.First(c => c.Id == key.Contract);
        return earning.Contract == key.Contract
            && (key.Clause.IsUnset || key.Clause == earning.Clause)
            && (key.Partner.IsUnset || key.Partner == earning.Partner)
            && contract.Calendar.Containing(LimitOf(campaign, key).Per, earning.OccurredAt).Key == key.Period;
    }

    private static CampaignRun RunWith(
        Setting setting, Step[] steps, Func<CampaignRun, Action<Decision>>? watch = null)
    {
        CampaignRun? run = null;
        run = new(CampaignOf(setting), new Everybody()) { Decided = d => watch?.Invoke(run!)(d) };
        foreach (CampaignInput input in InputsOf(steps))
        {
            run.Process(input);
        }

        run.Expire(End);
        return run;
    }

    private static void Check(Action<Setting, Step[]> law)
    {
        Gen<(Setting Setting, Step[] Steps)> cases =
            from setting in Settings.Where(static s => s.IsLimited)
            from steps in Steps
            select (setting, steps);
        Prop.ForAll(cases.ToArbitrary(), c => law(c.Setting, c.Steps)).Check(Seeded);
    }

    private sealed class Everybody : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(Touches);
    }
}
