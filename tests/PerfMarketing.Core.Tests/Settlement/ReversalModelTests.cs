using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>
/// The limit on reversals against a model of its own: an outcome has earned the most that it was ever worth to the
/// partner, and what it is worth less now was taken back, but for what went for exempt reasons.
/// </summary>
public sealed class ReversalModelTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20_261_131, 9);

    // 100 % of the value, priced again: the partner should have what the sale is worth, whatever came before.
    [Fact]
    public void What_may_be_taken_back_is_what_a_model_says() => Prop.ForAll(
        (from max in Gen.Elements(0, 5, 33, 50, 100)
         from counted in Gen.Elements(ReversalBase.Amount, ReversalBase.Count)
         from rounding in Gen.Elements(Enum.GetValues<ReversalRounding>())
         from worth in Gen.Choose(0, 300).ListOf(4)
         from steps in Steps().ListOf(14)
         select (max, counted, rounding, worth, steps)).ToArbitrary(),
        static c =>
        {
            ReversalLimit limit = new(((decimal)c.max).Percent, c.counted)
            {
                Rounding = c.rounding,
                Exempt = [CorrectionReason.Fraud],
            };
            CampaignRun run = RunOf(limit);
            Model[] sales = [.. c.worth.Select(static w => new Model(w))];
            for (int i = 0; i < sales.Length; i++)
            {
                run.Process(Of(Sale($"o{i}", "2026-03-03T12:00:00Z", Money.FromMinor(c.worth[i], Currency.Eur))));
            }

            for (int i = 0; i < c.steps.Count; i++)
            {
                Model sale = sales[c.steps[i].Sale];
                if (sale.Correct(c.steps[i], $"k{i}", limit, sales) is { } expected)
                {
                    run.Process(Of(CorrectionOf(c.steps[i], i, sale)));
                    run.Entries[^1].Amount.MinorUnits.Should().Be(expected, $"of {c.steps[i]}");
                }
            }
        }).Check(Seeded);

    [Theory]
    [InlineData(ReversalBase.Amount, "a 30.00 EUR", "b -30.00 EUR", "c -35.00 EUR", "d 30.00 EUR")]
    [InlineData(ReversalBase.Count, "a 30.00 EUR", "b -30.00 EUR", "c 0.00 EUR", "d 30.00 EUR")]
    public void Up_and_then_down_is_earned_and_then_taken_back(ReversalBase counted, params string[] expected)
    {
        // 100 and 30 more are earned, of which half may go, 65: 30, and of the other sale 35. Or one of two sales.
        CampaignRun run = RunOf(new(50.Percent, counted));
        run.Process(Of(Sale("o0", "2026-03-03T12:00:00Z", 50.Eur)));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 50.Eur)));
        run.Process(Of(Worth("a", "o0", "2026-03-04T12:00:00Z", 80.Eur)));
        run.Process(Of(Worth("b", "o0", "2026-03-05T12:00:00Z", 50.Eur)));
        run.Process(Of(Retracted("c", "o1", "2026-03-06T12:00:00Z")));
        run.Process(Of(Worth("d", "o0", "2026-03-07T12:00:00Z", 80.Eur)));

        run.Entries.OfType<Adjustment>().Select(static a => $"{a.Cause} {a.Amount}").Should().Equal(expected);
    }

    [Fact]
    public void Outcome_that_comes_to_be_worth_something_is_one_of_the_cohort()
    {
        CampaignRun run = RunOf(new(100.Percent, ReversalBase.Count));
        run.Process(Of(Sale("o0", "2026-03-03T12:00:00Z", 0.Eur)));
        run.Process(Of(Worth("a", "o0", "2026-03-04T12:00:00Z", 80.Eur)));
        run.Process(Of(Retracted("c", "o0", "2026-03-06T12:00:00Z")));

        run.Entries.Select(static e => e.Amount).Should().Equal(0.Eur, 80.Eur, -80.Eur);
    }

    // What was approved at nothing when it was earned was never an outcome that earned something.
    [Fact]
    public void Outcome_that_is_approved_at_nothing_is_none_of_the_cohort()
    {
        CampaignRun run = RunOf(new(50.Percent, ReversalBase.Count));
        run.Process(Of(new Approval
        {
            Id = new("a1"),
            Outcome = new("o0"),
            At = At("2026-03-02T12:00:00Z"),
            Contract = new("acme-2026"),
            Amount = 0.Eur,
        }));
        run.Process(Of(Sale("o0", "2026-03-03T12:00:00Z", 50.Eur)));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 50.Eur)));
        run.Process(Of(Retracted("c", "o1", "2026-03-06T12:00:00Z")));

        run.Entries[^1].Amount.Should().Be(0.Eur, "half of one outcome, rounded down, is none");
    }

    // 100 of which 40 came back are worth 50, of which 20 came back, under the terms that hold since: half of two times
    // 50 may go, so 30 more.
    [Fact]
    public void Amendment_prices_again_what_was_taken_back()
    {
        CampaignDraft campaign = AmendmentSample.Amended(
            Pay.RevenueShare(100.Percent), Pay.RevenueShare(50.Percent));
        campaign = campaign with
        {
            Contracts = [.. campaign.Contracts.Select(static c =>
                c with { ReversalLimit = new(50.Percent, ReversalBase.Amount) })],
        };
        CampaignRun run = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o0", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Returned("r0", "o0", "2026-03-04T12:00:00Z", 40.Eur)));
        run.Expire(At("2026-03-21T00:00:00Z"));
        run.Process(Of(Retracted("r1", "o1", "2026-03-22T12:00:00Z")));

        run.Entries.Select(static e => $"{e.Tag} {e.Amount}").Should().Equal(
            "earning 100.00 EUR", "earning 100.00 EUR", "adjustment -40.00 EUR", "amendment -30.00 EUR",
            "amendment -50.00 EUR", "adjustment -30.00 EUR");
    }

    // The price stays, and the limit is new, or another one: what was earned before counts under it.
    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    public void Amendment_of_the_limit_alone_holds_for_what_it_reaches(int? before)
    {
        CampaignDraft campaign = AmendmentSample.Amended(
            Pay.RevenueShare(100.Percent),
            Pay.RevenueShare(100.Percent),
            change: static c => c with { ReversalLimit = new(10.Percent, ReversalBase.Amount) });
        ContractDraft first = campaign.Contracts[0] with
        {
            ReversalLimit = before is { } max ? new(((decimal)max).Percent, ReversalBase.Count) : null,
        };
        campaign = campaign with { Contracts = [first, campaign.Contracts[1]] };
        CampaignRun run = Run(campaign, Touch("p-blog", "2026-02-01T09:00:00Z"));
        run.Process(Of(Sale("o0", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Retracted("r0", "o0", "2026-03-04T12:00:00Z")));
        run.Process(Of(Sale("o1", "2026-03-05T12:00:00Z", 300.Eur)));
        run.Process(Of(Sale("o2", "2026-02-05T12:00:00Z", 100.Eur)));
        run.Expire(At("2026-03-21T00:00:00Z"));
        run.Process(Of(Returned("r1", "o1", "2026-03-22T12:00:00Z", 50.Eur)));
        run.Process(Of(Retracted("r2", "o2", "2026-03-22T12:00:00Z")));

        run.Entries.OfType<Adjustment>().Select(static a => $"{a.Cause} {a.Version} {a.Amount}").Should().Equal(
            "r0 1 -100.00 EUR", "r1 2 0.00 EUR", "r2 1 -100.00 EUR");
    }

    private static Gen<Step> Steps() =>
        from sale in Gen.Choose(0, 3)
        from kind in Gen.Elements("worth", "return", "withdraw", "charge", "win", "gone", "fraud")
        from amount in Gen.Choose(0, 400)
        select new Step(sale, kind, amount);

    private static CampaignRun RunOf(ReversalLimit limit) => Run(
        (Contract(Pay.RevenueShare(100.Percent), static c => c.Correcting(CorrectionPolicy.Reprice)) with
        {
            ReversalLimit = limit,
        }).ToCampaign(),
        Touch("p-blog", "2026-03-01T09:00:00Z"));

    private static Restatement Worth(string id, string outcome, string at, Money value) => new Restatement
    {
        Id = new(id),
        Outcome = new(outcome),
        At = At(at),
        Value = value,
    };

    private static Correction CorrectionOf(Step step, int i, Model sale)
    {
        CorrectionId id = new($"k{i}");
        OutcomeId outcome = new($"o{step.Sale}");
        Instant at = At("2026-03-04T12:00:00Z") + Duration.FromHours(i);
        var amount = Money.FromMinor(step.Amount, Currency.Eur);
        return step.Kind switch
        {
            "worth" => new Restatement { Id = id, Outcome = outcome, At = at, Value = amount },
            "return" => new AmountReturn { Id = id, Outcome = outcome, At = at, Amount = amount },
            "withdraw" => new ReturnWithdrawn
            {
                Id = id, Outcome = outcome, At = at, Replaces = new CorrectionId(sale.Undone),
            },
            "charge" => new Chargeback { Id = id, Outcome = outcome, At = at },
            "win" => new ChargebackWon
            {
                Id = id, Outcome = outcome, At = at, Replaces = new CorrectionId(sale.Undone),
            },
            _ => new Retraction
            {
                Id = id,
                Outcome = outcome,
                At = at,
                Reason = step.Kind == "fraud" ? CorrectionReason.Fraud : (CorrectionReason?)null,
            },
        };
    }

    private sealed record Step(int Sale, string Kind, int Amount);

    /// <summary>A sale as whole cents, told by nothing but what happened to it.</summary>
    private sealed class Model(int worth)
    {
        private readonly Dictionary<string, int> returns = [];
        private string charged = "";
        private int stated = worth;
        private bool isGone;
        private int net = worth;
        private int most = worth;
        private int kept;
        private int fraud;

        public string Undone { get; private set; } = "";

        private int TakenBack => most - net - fraud;

        // What the partner gets more or less; null when there is no such correction now.
        public int? Correct(Step step, string id, ReversalLimit limit, Model[] cohort)
        {
            if (isGone || !Happens(step, id))
            {
                return null;
            }

            int target = isGone || charged.Length > 0 ? 0 : stated - returns.Values.Sum();
            int change = target - net;
            if (change >= 0)
            {
                kept = 0;
                net = target;
                most = Math.Max(most, net);
                return change;
            }

            int asked = Math.Max(0, -change - kept);
            bool isFraud = step.Kind == "fraud";
            int taken = isFraud ? asked : Math.Min(asked, RoomFor(limit, cohort));
            kept = -change - taken;
            net -= taken;
            fraud += isFraud ? taken : 0;
            return -taken;
        }

        private bool Happens(Step step, string id)
        {
            switch (step.Kind)
            {
                case "worth" when step.Amount >= returns.Values.Sum() && step.Amount > 0 && charged.Length == 0:
                    stated = step.Amount;
                    return true;
                case "return" when step.Amount > 0 && charged.Length == 0
                    && step.Amount < stated - returns.Values.Sum():
                    returns.Add(id, step.Amount);
                    return true;
                case "withdraw" when returns.Count > 0 && charged.Length == 0:
                    Undone = returns.Keys.First();
                    return returns.Remove(Undone);
                case "charge" when charged.Length == 0:
                    charged = id;
                    return true;
                case "win" when charged.Length > 0:
                    (Undone, charged) = (charged, "");
                    return true;
                case "gone" or "fraud":
                    return isGone = true;
                default:
                    return false;
            }
        }

        private int RoomFor(ReversalLimit limit, Model[] cohort)
        {
            int all = limit.Of == ReversalBase.Amount
                ? cohort.Sum(static s => s.most)
                : cohort.Count(static s => s.most > 0);
            int used = limit.Of == ReversalBase.Amount
                ? cohort.Sum(static s => s.TakenBack)
                : cohort.Count(static s => s.TakenBack > 0);
            decimal exact = all * limit.Max.Fraction;
            int room = (int)(limit.Rounding switch
            {
                ReversalRounding.Up => decimal.Ceiling(exact),
                ReversalRounding.Nearest => decimal.Floor(exact + 0.5m),
                _ => decimal.Floor(exact),
            }) - used;
            return limit.Of == ReversalBase.Amount ? Math.Max(0, room)
                : TakenBack > 0 || room > 0 ? int.MaxValue
                : 0;
        }
    }
}
