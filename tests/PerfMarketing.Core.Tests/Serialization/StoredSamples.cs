using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Postbacks;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Serialization;

/// <summary>One of each kind that hosts store.</summary>
internal static partial class StoredSamples
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 29, 0, 59) + Duration.FromNanoseconds(1);

    public static IEnumerable<(string Kind, ITerms Sample, Func<TermReader, ITerms?> Read)> All()
    {
        foreach (CampaignRecord record in SampleRecords.EveryKind().AsEnumerable().DistinctBy(static r => r.GetType()))
        {
            yield return ($"record-{record.Tag}", record, CampaignRecord.Read);
        }

        foreach (Correction correction in Corrections())
        {
            yield return ($"correction-{NameOf(correction.GetType().Name)}", correction, Correction.Read);
        }

        yield return ("outcome", Bought(), Outcome.Read);
        yield return ("touchpoint", Touched(), Touchpoint.Read);
        yield return ("verdict", Proven(), EvidenceVerdict.Read);
        yield return ("contract", Terms(), static t => ContractDraft.Read(t, TermCatalog.Default));
        yield return (
            "campaign",
            Terms().ToCampaign().BudgetedAt(monthly: 1_000.Eur),
            static t => CampaignDraft.Read(t, TermCatalog.Default));
        yield return ("postback", Told(), PostbackTerms.Read);
        yield return ("receipt", Committed(), CommitReceipt.Read);
        foreach ((string kind, ITerms sample, Func<TermReader, ITerms?> read) in
            OfStatements().Concat(OfReports()).Concat(OfBudgets()).Concat(OfHosts()))
        {
            yield return (kind, sample, read);
        }
    }

    private static Correction[] Corrections()
    {
        OutcomeId outcome = new("o/1");
        return
        [
            new Retraction { Id = new("c/1"), Outcome = outcome, At = At, RecordedAt = At, Note = "späte Absage ✓" },
            new Restatement { Id = new("c/2"), Outcome = outcome, At = At, Value = 12.34m.Eur, Quantity = 1.5m },
            new LineReturn { Id = new("c/3"), Outcome = outcome, At = At, Lines = [new() { Line = 2, Quantity = 1 }] },
            new AmountReturn { Id = new("c/4"), Outcome = outcome, At = At, Amount = 0.01m.Eur },
            new ReturnWithdrawn { Id = new("c/5"), Outcome = outcome, At = At, Replaces = new CorrectionId("c/4") },
            new Chargeback { Id = new("c/6"), Outcome = outcome, At = At, Amount = 5.Eur },
            new ChargebackWon { Id = new("c/7"), Outcome = outcome, At = At, Replaces = new CorrectionId("c/6") },
            new Approval
            {
                Id = new("c/8"), Outcome = outcome, At = At, Contract = new ContractId("acme-2026"), Author = "ann",
                Amount = 7.Eur,
            },
            new Rejection
            {
                Id = new("c/9"), Outcome = outcome, At = At, Clause = new ClauseId("sale"), Author = "ann",
            },
            new Graded { Id = new("c/10"), Outcome = outcome, At = At, Grade = "A", Author = "ann" },
        ];
    }

    private static Outcome Bought() => new()
    {
        Id = new("o/1"),
        At = At,
        RecordedAt = At + Duration.FromMilliseconds(1),
        Kind = "sale",
        Customer = new CustomerId("c-1"),
        Value = 200.01m.Eur,
        Quantity = 1.5m,
        OrderId = new OrderId("A 1/%"),
        Touch = new TouchpointId("t1"),
        Facts = FactSet.Empty.With(Facts.CustomerStatus, CustomerStatus.New),
    };

    private static Touchpoint Touched() => new()
    {
        Id = new("t1"),
        At = At,
        RecordedAt = At,
        Customer = new("c-1"),
        Partner = new("p-blog"),
        Kind = TouchpointKind.Click,
        Sequence = 2,
    };

    private static EvidenceVerdict Proven() => EvidenceVerdict.Asserted("order-paid", new("psp \"1\""), At);

    private static ContractDraft Terms() => ContractDraft.For("acme-2026").PaidBy("acme")
        .WithPartner("p-blog").WithPartner("p-mail")
        .In(Currency.Eur, "Europe/Berlin").EffectiveFrom(new(2026, 3, 1))
        .Pays("sale", Pay.RevenueShare(12.5m.Percent).CappedAt(80.Eur), sale => sale.TrustingHost("order-paid"));

    private static PostbackTerms Told() => new()
    {
        Name = "p-blog-tracker",
        Partner = new("p-blog"),
        Address = PostbackTemplate.Parse("https://track.example/?o={outcome}&p={payout}"),
        On = [PostbackState.Approved, PostbackState.Adjusted],
    };

    private static CommitReceipt Committed() => new(
        "outcome/1",
        [new(StreamId.OfLedger(new("acme-2026"), new("acme-2026"), new("p/blog")), 3, 5)]);

    private static string NameOf(string name) =>
        string.Concat(name.Select(static (c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}"
            : $"{char.ToLowerInvariant(c)}"));
}
