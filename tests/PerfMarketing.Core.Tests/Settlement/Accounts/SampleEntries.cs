using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Settlement.Accounts;

/// <summary>Entries of one contract and partner, as a decider would post them.</summary>
internal static class SampleEntries
{
    public static Earning Earning(string id, Money amount, Instant at, Instant? payableAt = null) => new()
    {
        Id = new(id),
        OutcomeId = new($"outcome-{id}"),
        DecidedAt = at,
        OccurredAt = at,
        PayableAt = payableAt ?? at,
        Contract = new("acme-2026"),
        Version = 1,
        Clause = new("sale"),
        Partner = new("p-blog"),
        Amount = amount,
        Terms = default,
        Campaign = new("acme-2026"),
        CampaignVersion = 1,
        Credit = new(new("p-blog"), 1, 1),
        Value = Accrual.Zero(amount.Currency),
        Quantity = 1,
        TallyPeriod = "2026-03",
        Before = Tally.Zero(amount.Currency),
        Counted = Tally.Zero(amount.Currency),
        Lines = [new("fixed", amount)],
    };

    public static Adjustment Adjustment(Earning earning, string cause, Money amount, Instant at) => new()
    {
        Id = PerfMarketing.Settlement.Adjustment.IdOf(earning.Id, new CorrectionId(cause)),
        OutcomeId = earning.OutcomeId,
        DecidedAt = at,
        OccurredAt = earning.OccurredAt,
        PayableAt = Instant.Max(at, earning.PayableAt),
        Contract = earning.Contract,
        Version = earning.Version,
        Clause = earning.Clause,
        Partner = earning.Partner,
        Amount = amount,
        Corrects = earning.Id,
        Cause = new(cause),
        Reason = new(SettlementReasons.Proportional),
    };
}
