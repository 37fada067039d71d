using System.Globalization;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Testing;

/// <summary>Makes contracts and campaigns by chance, for tests that ask what holds for all of them.</summary>
/// <remarks>
/// The same seed gives the same drafts. They are small, of the payout models that need no facts, at times with a payout
/// for periods, in several currencies and zones, and in force through 2026. Used by one thread at a time.
/// </remarks>
/// <param name="random">Where chance comes from.</param>
public sealed partial class RandomDrafts(SeededRandom random)
{
    private static readonly Currency[] Currencies =
        [Currency.Eur, Currency.Usd, Currency.Jpy, Currency.Parse("KWD", null)];

    private static readonly string[] Zones =
        ["Etc/UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"];

    private static readonly PeriodUnit[] Spread = [PeriodUnit.Week, PeriodUnit.Month];

    private static readonly OutcomeKind[] Kinds = ["sale", "lead", "click", "install"];

    private static readonly GradeTerms Grades = GradeTerms.None
        .Accept("A").Scale("B", 50.Percent).Hold("C").Reverse("D").HoldingFor(Duration.FromDays(20));

    private static readonly LocalDate First = new(2026, 1, 1);

    /// <summary>A contract with nothing wrong.</summary>
    /// <param name="id">Its name.</param>
    public ContractDraft Contract(string id = "contract") => Contract(id, random.Pick(Currencies));

    /// <summary>A campaign of one such contract, with an attribution rule and, at times, a budget.</summary>
    /// <param name="id">The contract's name.</param>
    public CampaignDraft Campaign(string id = "contract")
    {
        ContractDraft contract = Contract(id);
        CampaignDraft campaign = contract.AttributedBy(Rule());
        return random.Happens(400) ? campaign.BudgetedAt(Price(contract.Currency, 200_000)) : campaign;
    }

    /// <summary>
    /// A campaign of several such contracts in one currency, each with a <see cref="Precedence"/> of its own; partners
    /// may be named by several of them.
    /// </summary>
    /// <param name="contracts">How many contracts, from 1; they are named <c>contract-1</c> and so on.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public CampaignDraft CampaignOf(int contracts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(contracts, 1);
        Currency currency = random.Pick(Currencies);
        CampaignDraft campaign = Precedent(1, currency).AttributedBy(Rule());
        for (int i = 2; i <= contracts; i++)
        {
            campaign = campaign with { Contracts = campaign.Contracts.Add(Precedent(i, currency)) };
        }

        return random.Happens(400) ? campaign.BudgetedAt(Price(currency, 200_000)) : campaign;
    }

    private ContractDraft Precedent(int number, Currency currency) =>
        Contract(string.Create(CultureInfo.InvariantCulture, $"contract-{number}"), currency)
            .Choosing(random.Pick(Enum.GetValues<Precedence>()));

    private ContractDraft Contract(string id, Currency currency)
    {
        ContractDraft draft = ContractDraft.For(id).PaidBy("advertiser")
            .In(currency, random.Pick(Zones)).EffectiveFrom(First, First.PlusYears(1));
        for (int partner = 1 + random.Below(3); partner > 0; partner--)
        {
            draft = draft.WithPartner($"partner-{partner}");
        }

        for (int clause = 1 + random.Below(4); clause > 0; clause--)
        {
            OutcomeKind kind = random.Pick(Kinds);
            draft = draft.Pays(kind, Model(currency, out RoundAt at), terms => Terms(terms, currency, at));
        }

        draft = random.Happens(300) ? draft.PaysPer(Unit(), PeriodPayout(currency)) : draft;
        return random.Happens(200) ? draft.LimitedTo(Limit.Spend(Price(currency, 100_000), Unit())) : draft;
    }

    private AttributionRule Rule() => random.Pick<AttributionRule>(
        new LastTouch(),
        new FirstTouch(),
        new Linear(),
        new LastNonDirect(),
        new PositionBased(First: 0.4m, Last: 0.4m),
        new TimeDecay(Duration.FromDays(random.Between(1, 10))),
        new Participation(Introducer: 0.3m, Assist: 0.2m, Closer: 0.5m),
        PriorityGroups.ClickBeforeView(random.Happens(500) ? new Linear() : null));

    // What is paid without an outcome: of every stage, and some that are set off later.
    private PeriodPayout PeriodPayout(Currency currency) => random.Below(5) switch
    {
        0 => new Retainer(Price(currency, 5_000)),
        1 => new Guarantee(Price(currency, 20_000)) { Accumulates = random.Happens(500) },
        2 => new Draw(Price(currency, 20_000)),
        3 => new PerformanceBonus(Rate(), Above: Price(currency)),
        _ => new Every(1 + random.Below(5), Price(currency)),
    };

    private ClauseDraft Terms(ClauseDraft clause, Currency currency, RoundAt at)
    {
        ClauseDraft made = clause.Rounded(random.Pick(RoundingMode.HalfAwayFromZero, RoundingMode.HalfEven), at);
        made = random.Happens(600) ? made : made.TalliedPer(Unit());
        made = random.Happens(600) ? made : made.HeldFor(Duration.FromDays(random.Between(1, 40)));
        made = random.Happens(700) ? made : made.TrustingHost("order-paid", Duration.FromDays(random.Between(1, 30)));
        made = random.Happens(700) ? made : made.GradedBy(Grades);
        made = made.Correcting(random.Pick(Enum.GetValues<CorrectionPolicy>()));
        return random.Below(5) switch
        {
            0 => made.LimitedTo(Limit.Outcomes(1 + random.Below(20), Unit(), LimitScope.Partner)),
            1 => made.LimitedTo(Limit.Spend(Price(currency, 50_000), Unit()).Or(LimitOverflow.PayRemainder)),
            _ => made,
        };
    }

    private PayoutModel Model(Currency currency, out RoundAt at)
    {
        at = RoundAt.Outcome;
        switch (random.Below(14))
        {
            case 0:
                at = RoundAt.Period;
                return Pay.Fixed(Thousandth(currency));
            case 1:
                return Pay.RevenueShare(Rate());
            case 2:
                return Pay.RevenueShare(Rate()).CappedAt(Price(currency, 5_000));
            case 3:
                return Pay.Sum(Pay.Fixed(Price(currency)), Pay.RevenueShare(Rate()));
            case 4:
                return Pay.BestOf(Pay.Fixed(Price(currency)), Pay.RevenueShare(Rate()));
            case 5:
                return Pay.RevenueShare(Rate()).FlooredAt(Price(currency));
            case 6:
                return Pay.Tiered(Tiers(currency));
            case 7:
                return Pay.Volume(Tiers(currency));
            case 8:
                return new Multiplied(Pay.RevenueShare(Rate()), random.Between(1, 30) * 0.1m);
            case 9:
                return Pay.RevenueShare(Rate()).DrippedOver(1 + random.Below(6), random.Pick(Spread));
            case 10:
                return new Recurring(Pay.Fixed(Price(currency))) { First = 1 + random.Below(4) };
            case 11:
                TenureBand early = new(Pay.RevenueShare(Rate()), 1 + random.Below(6));
                return new ByTenure([early, new(Pay.RevenueShare(Rate()))]);
            case 12:
                Band small = new(Pay.Fixed(Price(currency)), random.Between(1, 200));
                return new Banded(Measure.Value, [small, new(Pay.RevenueShare(Rate()))]);
            default:
                return Pay.Fixed(Price(currency));
        }
    }

    private Tier[] Tiers(Currency currency)
    {
        var tiers = new Tier[1 + random.Below(4)];
        decimal end = 0;
        for (int i = 0; i < tiers.Length; i++)
        {
            end += 1 + random.Below(10);
            tiers[i] = new(Price(currency), i < tiers.Length - 1 ? end : null);
        }

        return tiers;
    }

    private Money Price(Currency currency, long most = 2_000) => Money.FromMinor(random.Between(1, most), currency);

    // Off the currency's grid: never a multiple of ten.
    private Accrual Thousandth(Currency currency) => (Accrual)Price(currency) * 0.001m
        + (Accrual)Money.FromMinor(1, currency) * 0.0001m;

    private Percentage Rate() => (random.Between(1, 60) * 0.5m).Percent;

    private PeriodUnit Unit() => random.Pick(PeriodUnit.Day, PeriodUnit.Week, PeriodUnit.Month, PeriodUnit.Quarter);
}
