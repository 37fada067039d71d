using NodaTime;
using NodaTime.Text;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Short ways to say what settlement tests need.</summary>
internal static class Sample
{
    public static ContractDraft Contract(PayoutModel pays, Func<ClauseDraft, ClauseDraft>? terms = null) =>
        ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", pays, terms);

    public static ClauseDraft Reevaluated(ClauseDraft clause) =>
        clause.TalliedBy(new() { Corrections = TallyCorrections.Reevaluated });

    public static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    public static Outcome Sale(string id, string at, Money? value = null, string customer = "c1") => new()
    {
        Id = new(id),
        At = At(at),
        Kind = "sale",
        Customer = new CustomerId(customer),
        Value = value,
    };

    public static JourneyTouch Touch(string partner, string at, string? recordedAt = null) => new()
    {
        Id = new($"{partner}-{at}"),
        At = At(at),
        RecordedAt = At(recordedAt ?? at),
        Partner = new(partner),
        Kind = TouchpointKind.Click,
    };

    public static CampaignInput Proof(string outcome, string at, string kind = "order-paid") =>
        new CampaignInput.OfEvidence(new(outcome), EvidenceVerdict.Asserted(kind, new($"psp-{outcome}"), At(at)));

    public static CampaignInput Of(Outcome outcome) => new CampaignInput.OfOutcome(outcome);

    public static CampaignInput Of(Correction correction) => new CampaignInput.OfCorrection(correction);

    public static Correction Returned(string id, string outcome, string at, Money amount) => new AmountReturn
    {
        Id = new(id),
        Outcome = new(outcome),
        At = At(at),
        Amount = amount,
    };

    public static Correction Retracted(string id, string outcome, string at) => new Retraction
    {
        Id = new(id),
        Outcome = new(outcome),
        At = At(at),
    };

    public static CampaignRun Run(CampaignDraft campaign, params JourneyTouch[] touches) =>
        Run(campaign.Build(), touches);

    public static CampaignRun Run(Campaign campaign, params JourneyTouch[] touches) =>
        new(campaign, new Touches(touches));

    public static CampaignRun Explained(CampaignDraft campaign, params JourneyTouch[] touches) =>
        new(campaign.Build(), new Touches(touches), ExplainLevel.Full);

    public static string[] Texts(this IEnumerable<LedgerEntry> entries) =>
        [.. entries.Select(static e => $"{e.Partner} {e.Amount}")];

    private sealed class Touches(JourneyTouch[] touches) : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(touches);
    }
}
