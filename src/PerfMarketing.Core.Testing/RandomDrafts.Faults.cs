using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Testing;

/// <content>What may be wrong.</content>
public sealed partial class RandomDrafts
{
    private static readonly (string Code, Func<RandomDrafts, ContractDraft, ContractDraft> Spoil)[] Faults =
    [
        (ContractCodes.Version, static (_, d) => d with { Version = 0 }),
        (ContractCodes.PayerMissing, static (_, d) => d with { Payer = default }),
        (ContractCodes.Partners, static (_, d) => d with { Partners = [] }),
        (ContractCodes.Partners, static (_, d) => d with { Partners = d.Partners.Add(d.Partners[0]) }),
        (ContractCodes.ZoneUnknown, static (_, d) => d with { Zone = "Europe/Nowhere" }),
        (ContractCodes.ClauseCount, static (_, d) => d with { Clauses = [], Periods = [] }),
        (ContractCodes.ClauseDuplicate, static (r, d) => d with { Clauses = d.Clauses.Add(r.One(d)) }),
        (ContractCodes.ClauseUnnamed, static (r, d) => r.WithClause(d, c => c with { Id = default })),
        (ContractCodes.OutcomeMissing, static (r, d) => r.WithClause(d, c => c with { Outcome = default })),
        (ContractCodes.HoldOutOfRange, static (r, d) => r.WithClause(d, c => c.HeldFor(-Duration.Epsilon))),
        (ContractCodes.NoticeOutOfRange, static (_, d) => d.WithNotice(-1)),
        (ContractCodes.RoundingNotSymmetric, static (r, d) => r.WithClause(d, c => c.Rounded(RoundingMode.Floor))),
        (ContractCodes.OffGridPrice, static (r, d) => r.WithClause(
            d,
            c => (c with { Pays = Pay.Fixed(r.Thousandth(d.Currency)) }).Rounded(RoundingMode.HalfAwayFromZero))),
        (ContractCodes.CurrencyMismatch, static (r, d) => r.WithModel(d, Pay.Fixed(r.Price(Foreign(d))))),
        (PayoutCodes.ModelMissing, static (r, d) => r.WithModel(d, null!)),
        (PayoutCodes.PriceNegative, static (r, d) => r.WithModel(d, Pay.Fixed(-r.Price(d.Currency)))),
        (PayoutCodes.RateOutOfRange, static (r, d) => r.WithModel(d, Pay.RevenueShare((-1).Percent))),
        (PayoutCodes.CapNotPositive, static (r, d) =>
            r.WithModel(d, Pay.RevenueShare(r.Rate()).CappedAt(Money.Zero(d.Currency)))),
        (PayoutCodes.FloorNotPositive, static (r, d) =>
            r.WithModel(d, Pay.RevenueShare(r.Rate()).FlooredAt(-r.Price(d.Currency)))),
        (PayoutCodes.FactorOutOfRange, static (r, d) => r.WithModel(d, Pay.RevenueShare(r.Rate()).Times(-1))),
        (PayoutCodes.TierCount, static (r, d) => r.WithModel(d, Pay.Tiered())),
        (PayoutCodes.TiersNotAscending, static (r, d) => r.WithModel(
            d, Pay.Tiered(new(r.Price(d.Currency), 5), new(r.Price(d.Currency), 5), new(r.Price(d.Currency))))),
        (PayoutCodes.TierEnd, static (r, d) => r.WithModel(
            d, Pay.Tiered(new(r.Price(d.Currency)), new(r.Price(d.Currency), 9)))),
        (PayoutCodes.RepricingNested, static (r, d) => r.WithModel(
            d, Pay.Volume(new(r.Price(d.Currency), 5), new(r.Price(d.Currency))).CappedAt(r.Price(d.Currency)))),
        (PayoutCodes.ModelCount, static (r, d) => r.WithModel(d, Pay.Sum())),
        (PayoutCodes.TooDeep, static (r, d) => r.WithModel(d, Deep(r.Price(d.Currency)))),
        (ContractCodes.Undefined, static (r, d) => r.WithClause(d, static c => c.Correcting((CorrectionPolicy)99))),
        (LimitCodes.IdMissing, static (r, d) => r.WithClause(
            d, static c => c.LimitedTo(Limit.Outcomes(5, PeriodUnit.Day) with { Id = default }))),
        (LimitCodes.OutOfRange, static (r, d) => r.WithClause(
            d, static c => c.LimitedTo(Limit.Outcomes(0, PeriodUnit.Day)))),
    ];

    // The currency of another contract: the next in the list.
    private static Currency Foreign(ContractDraft draft) =>
        Currencies[(Array.IndexOf(Currencies, draft.Currency) + 1) % Currencies.Length];

    private ClauseDraft One(ContractDraft draft) => draft.Clauses[random.Below(draft.Clauses.Count)];

    private ContractDraft WithClause(ContractDraft draft, Func<ClauseDraft, ClauseDraft> change)
    {
        int place = random.Below(draft.Clauses.Count);
        return draft with { Clauses = [.. draft.Clauses.Select((c, i) => i == place ? change(c) : c)] };
    }

    private ContractDraft WithModel(ContractDraft draft, PayoutModel model) =>
        WithClause(draft, c => c with { Pays = model });
}
