using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Tallies;
using PerfMarketing.Testing;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Terms and logs with the greatest and the least amounts, numbers and rates that are allowed.</summary>
internal sealed class ExtremeLog
{
    private static readonly Instant Begin = Instant.FromUtc(2026, 3, 1, 9, 0);

    private readonly SeededRandom random;
    private readonly Currency currency;
    private Instant now = Begin;

    public ExtremeLog(ulong seed)
    {
        random = new(seed);
        currency = random.Pick(Currency.Eur, Currency.Parse("JPY"), Currency.Parse("KWD"));
    }

    public Campaign? TryMake()
    {
        ContractDraft draft = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
            .In(currency, "Europe/Berlin");
        draft = draft.Pays("sale", Model(), Terms);
        draft = random.Happens(500) ? draft.Pays("lead", Model(), Terms) : draft;
        draft = random.Happens(300) ? draft.PaysPer(PeriodUnit.Month, Period()) : draft;
        draft = random.Happens(400)
            ? draft with
            {
                ReversalLimit = new(Rate(1), random.Pick(ReversalBase.Amount, ReversalBase.Count))
                {
                    Rounding = random.Pick(ReversalRounding.Up, ReversalRounding.Down, ReversalRounding.Nearest),
                },
            }
            : draft;
        draft = random.Happens(300) ? draft.LimitedTo(Limit.Spend(Amount(), PeriodUnit.Month)) : draft;
        draft = random.Happens(400)
            ? draft.SettledBy(new()
            {
                Threshold = random.Happens(300) ? Amount() : null,
                Reserve = random.Happens(500) ? new(Rate(1), random.Pick(1, 90)) : null,
                Negative = random.Pick(NegativeBalance.Carry, NegativeBalance.Debt),
            })
            : draft;
        CampaignDraft campaign = draft.ToCampaign();
        campaign = random.Happens(300)
            ? campaign.BudgetedBy(new(new("m"), Amount(), PeriodUnit.Month)
            {
                AtCap = random.Pick(Enum.GetValues<CapBehavior>()),
                OnExceeded = random.Pick(LimitOverflow.Reject, LimitOverflow.PayRemainder, LimitOverflow.Hold),
            })
            : campaign;
        return campaign.TryBuild(out Campaign? made, out _) ? made : null;
    }

    public Func<CampaignRun, object> Next(int number)
    {
        now += Duration.FromMinutes(random.Between(1, 2_000));
        OutcomeId about = new($"o{random.Below(Math.Max(1, number))}");
        Instant at = now;
        CorrectionId id = new($"r{number}");
        return random.Below(14) switch
        {
            0 => Take(new AmountReturn { Id = id, Outcome = about, At = at, Amount = Amount() }),
            1 => Take(new Retraction { Id = id, Outcome = about, At = at }),
            2 => Take(new Restatement { Id = id, Outcome = about, At = at, Value = Amount(), Quantity = Quantity() }),
            3 => Take(new Approval { Id = id, Outcome = about, At = at, Amount = Amount() }),
            4 => Take(new Chargeback { Id = id, Outcome = about, At = at }),
            5 => Book(number),
            6 => Invalidate(number),
            _ => Take(new Outcome
            {
                Id = new($"o{number}"),
                At = at,
                Kind = random.Pick<OutcomeKind>("sale", "lead"),
                Customer = new CustomerId("c1"),
                Value = random.Happens(900) ? Amount() : null,
                Quantity = Quantity(),
            }),
        };
    }

    private static Func<CampaignRun, object> Take(Outcome outcome) =>
        run => run.Process(new CampaignInput.OfOutcome(outcome));

    private static Func<CampaignRun, object> Take(Correction correction) =>
        run => run.Process(new CampaignInput.OfCorrection(correction));

    private Func<CampaignRun, object> Book(int number)
    {
        ManualEarning manual = new()
        {
            Id = new($"b{number}"),
            Contract = new("acme-2026"),
            Partner = new(random.Pick("p-blog", "p-mail")),
            Kind = random.Pick(Enum.GetValues<ManualKind>()),
            Amount = random.Happens(500) ? Amount() : -Amount(),
            At = now,
            Author = "ann",
            Note = "extreme",
        };
        Instant at = now;
        return run => run.Book(manual, at);
    }

    private Func<CampaignRun, object> Invalidate(int number)
    {
        int extent = random.Below(3);
        Invalidation invalidation = new()
        {
            Id = new($"i{number}"),
            Contract = new("acme-2026"),
            Partner = new("p-blog"),
            From = Begin,
            To = now,
            Amount = extent == 0 ? Amount() : null,
            Part = extent == 1 ? Rate(1) : null,
            Quantity = extent == 2 ? Quantity() : null,
            At = now,
            Author = "ann",
            Note = "extreme",
        };
        Instant at = now;
        return run => run.Invalidate(invalidation, at);
    }

    private ClauseDraft Terms(ClauseDraft clause)
    {
        clause = random.Happens(500) ? clause.TalliedPer(PeriodUnit.Month) : clause;
        clause = random.Happens(300) ? clause.HeldFor(Duration.FromDays(random.Pick(1, 40))) : clause;
        clause = random.Happens(300) ? clause.Rounded(RoundingMode.HalfEven, RoundAt.Period) : clause;
        clause = random.Happens(200) ? clause.LimitedTo(Limit.Spend(Amount(), PeriodUnit.Month)) : clause;
        clause = random.Happens(200)
            ? clause.LimitedTo(Limit.Outcomes(random.Pick(1, 1_000_000_000), PeriodUnit.Month))
            : clause;
        return clause.Correcting(random.Pick(Enum.GetValues<CorrectionPolicy>()));
    }

    private PayoutModel Model() => random.Below(12) switch
    {
        0 => Pay.Fixed((Accrual)Amount()),
        1 => Pay.Fixed(Accrual.Parse($"0.000000000001 {currency.Code}")),
        2 => Pay.RevenueShare(Rate(10_000)),
        3 => Pay.RevenueShare(Rate(10_000)).CappedAt(Amount()),
        4 => Pay.RevenueShare(Rate(10_000)).FlooredAt(Amount()),
        5 => Pay.Sum(Pay.Fixed((Accrual)Amount()), Pay.RevenueShare(Rate(10_000))),
        6 => Pay.Tiered(Tiers()),
        7 => Pay.Volume(Tiers()),
        8 => new Multiplied(Pay.RevenueShare(Rate(10_000)), random.Pick(0.000_000_001m, 1_000m, 10_000m)),
        9 => Pay.RevenueShare(Rate(10_000)).DrippedOver(random.Pick(1, 12), PeriodUnit.Month),
        10 => Pay.BestOf(Pay.Fixed((Accrual)Amount()), Pay.RevenueShare(Rate(10_000))),
        _ => Pay.RevenueShare(Rate(1)),
    };

    private PeriodPayout Period() => random.Below(5) switch
    {
        0 => new Retainer(Amount()),
        1 => new Guarantee(Amount()) { Accumulates = random.Happens(500) },
        2 => new Draw(Amount()),
        3 => new PerformanceBonus(Rate(1), Above: Amount()),
        _ => new Every(random.Pick(0.000_001m, 1, 1_000_000_000), Amount()),
    };

    private Tier[] Tiers() =>
    [
        new((Accrual)Amount(), random.Pick(0.000_001m, 1, 10)), new((Accrual)Amount(), 1_000_000_000),
        new((Accrual)Amount()),
    ];

    private Money Amount() => Money.FromMinor(
        random.Below(6) switch
        {
            0 => 1,
            1 => Money.MinorUnitsMax,
            2 => Money.MinorUnitsMax - 1,
            3 => Money.MinorUnitsMax / 2,
            4 => random.Between(1, Money.MinorUnitsMax),
            _ => random.Between(1, 10_000),
        },
        currency);

    private decimal Quantity() =>
        random.Pick(1, 1, 0.000_001m, 1_000_000_000, 999_999_999.999_999m, random.Between(1, 1_000));

    private Percentage Rate(decimal most) =>
        Percentage.FromFraction(random.Pick(0.000_000_001m, 0.333_333_333m, 1m, most, most));
}
