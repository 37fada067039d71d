using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Settlement.Seals;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Serialization;

/// <content>What is stored of statements, payments, rates and messages.</content>
internal static partial class StoredSamples
{
    private static IEnumerable<(string Kind, ITerms Sample, Func<TermReader, ITerms?> Read)> OfStatements()
    {
        CampaignRun run = Run(
            (Contract(Pay.RevenueShare(10.Percent)) with
            {
                Settlement = SettlementTerms.Default with { Reserve = new(10.Percent, 90), Threshold = 1.Eur },
            }).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 200.01m.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-03-05T12:00:00Z", 50.Eur)));
        Statement march = run.Statements(At("2026-04-01T00:00:00Z")).Single(static s => s.IsClosed);
        var salt = Digest.Of("salt"u8);
        RecordChain chain = RecordChain.Empty.Append(march.Lines[0]).Append(march.Lines[1]);
        var seal = SealedStatement.Of(march, salt, _ => salt, chain.Head);
        AccountBook book = new(run.State.Campaign);
        book.Post(march.Lines[0]);

        yield return ("statement", march, Statement.Read);
        yield return ("statement-seal", seal.Seal, StatementSeal.Read);
        yield return ("sealed-statement", seal, SealedStatement.Read);
        yield return ("line-proof", seal.Prove(0, march.Lines[0], salt), LineProof.Read);
        yield return ("record-chain", chain, RecordChain.Read);
        yield return ("entry-group", book.Groups[0], EntryGroup.Read);
        yield return (
            "invoice", StatementInvoice.Of(march, new(19.Percent, 5.Percent), "2026/0001"), StatementInvoice.Read);
        yield return ("rate", Rated(), RecordedRate.Read);
        yield return ("remittance-terms", Remitted(), RemittanceTerms.Read);
        yield return ("remittance-taxed", Taxed(), CampaignRecord.Read);
        yield return (
            "remittance-returned",
            RemittanceAnswer.Of(Taxed().Id, RemittanceResult.Returned, At, "AC04") with { Author = "ann" },
            CampaignRecord.Read);
        yield return (
            "outbox", OutboxMessage.Of(march.Lines[0]) with { Address = "https://t.example/?o=1" }, OutboxMessage.Read);
        yield return ("mark", new OutcomeMark(new("c-1"), new("o/1"), At, At), OutcomeMark.Read);
    }

    private static RecordedRate Rated() => new(
        new("ecb-2026/03/03", Currency.Usd, Currency.Eur, 0.912345678m, "ecb", At),
        At + NodaTime.Duration.FromHours(15));

    private static Remittance Taxed()
    {
        RemittancePart part = new(
            new("acme-2026"), new("acme-2026"), new("00000000000000000000000000000001"), At, 100.Eur)
        {
            Invoice = "2026/0001",
            Vat = 19.Eur,
            Withholding = 5.Eur,
        };
        return new()
        {
            OutcomeId = default,
            DecidedAt = At,
            Id = Remittance.IdOf(new("p-blog"), Currency.Eur, 1, [part.Statement]),
            Payee = new("p-blog"),
            Number = 1,
            Parts = [part],
            Total = 114.Eur,
            Amount = 114.Eur,
        };
    }

    private static RemittanceTerms Remitted() => new()
    {
        Payee = new("p-blog"),
        Currency = Currency.Eur,
        Minimum = 25.Eur,
        SetsOff = true,
        Fee = new() { Bearer = FeeBearer.Payee, Fixed = 0.5m.Eur },
    };
}
