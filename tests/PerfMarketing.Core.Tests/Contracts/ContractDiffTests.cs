using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Serialization;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Tests.Payouts;

namespace PerfMarketing.Tests.Contracts;

public sealed class ContractDiffTests
{
    private static readonly TermCatalog Catalog = TermCatalog.Default with
    {
        Models = PayoutModelCatalog.Default.With(WeekendBonus.TagName, WeekendBonus.Read, new WeekendBonusValidator()),
    };

    private static ContractDraft Old => ContractDraft.For("acme-2026").PaidBy("acme")
        .WithPartner("p1").WithPartner("p2")
        .In(Currency.Eur, timeZone: "Europe/Berlin")
        .EffectiveFrom(new LocalDate(2026, 1, 1), new LocalDate(2027, 1, 1))
        .Pays("sale", Pay.RevenueShare(12.Percent), sale => sale.HeldFor(Duration.FromDays(14)))
        .Pays("lead", Pay.Fixed(4.50m.Eur), lead => lead.TrustingHost("order-paid", within: Duration.FromDays(30)))
        .Pays("install", Pay.Tiered(new(1.20m.Eur, UpTo: 1_000), new(0.90m.Eur)))
        .Pays("order", Pay.RevenueShare(8.Percent).CappedAt(80.Eur), c => c.If(When.Fact(Facts.Device).Is("mobile")));

    [Fact]
    public void Changes_read_as_a_person_would_write_them()
    {
        IEnumerable<string> texts = Edits().Select(static edit =>
            $"# {edit.Name}\n{ContractDiff.Between(Old, edit.After, Catalog)}\n");

        Golden.Compare(
            "tests/PerfMarketing.Core.Tests/Contracts/contract-diffs.golden.txt", string.Join('\n', texts))
            .Should().BeNull();
    }

    [Fact]
    public void Issue_text_is_met()
    {
        ContractDraft after = Sale(Old, Pay.RevenueShare(10.Percent).CappedAt(25_000.Eur)) with
        {
            Version = 2,
            Effective = new(new(2026, 4, 1), new(2027, 1, 1)),
        };

        ContractDiff.Between(Old, after).ToString()
            .Should().Be("sale: 12% → 10% from 2026-04-01; new cap 25,000.00 EUR");
    }

    [Fact]
    public void Nothing_differs_from_itself()
    {
        ContractDiff diff = ContractDiff.Between(Old, CampaignJson.ParseContract(TermJson.Write(Old)));

        diff.Changes.Should().BeEmpty();
        diff.Lines.Should().BeEmpty();
        diff.ToString().Should().BeEmpty();
    }

    [Fact]
    public void Every_change_leads_there_and_back()
    {
        TermForm form = TermRecorder.Record(static t => ContractDraft.Read(t, Catalog));
        ContractDraft[] all = [Old, .. Edits().Select(static e => e.After)];
        foreach (ContractDraft before in all)
        {
            foreach (ContractDraft after in all)
            {
                ValueList<TermChange> changes = ContractDiff.Between(before, after, form).Changes;
                TermNode made = TermDiff.Apply(TermNode.Of(before), changes);

                (changes.Count == 0).Should().Be(before == after);
                Read(made).Should().Be(after);
                ContractDiff.Between(after, before, form).Changes.Select(static c => c.Mirrored())
                    .Should().Equal(changes);
            }
        }
    }

    [Fact]
    public void Default_that_is_written_out_is_no_difference()
    {
        TermForm form = TermRecorder.Record(static t => ContractDraft.Read(t, TermCatalog.Default));
        TermFailures failures = [];
        string json = TermJson.Write(Old).Replace(
            "\"outcome\":\"sale\",",
            "\"outcome\":\"sale\",\"corrections\":\"proportional\",",
            StringComparison.Ordinal);

        JsonText.TryRead(json, failures, out TermNode written).Should().BeTrue();

        TermDiff.Between(TermNode.Of(Old), written, form).Should().BeEmpty();
        TermDiff.Between(TermNode.Of(Old), written).Should().ContainSingle();
    }

    private static ContractDraft Read(TermNode node)
    {
        TermFailures failures = [];
        ContractDraft? draft = TermReader.Read(node, failures, static t => ContractDraft.Read(t, Catalog));
        failures.Should().BeEmpty();
        return draft!;
    }

    private static ContractDraft Sale(ContractDraft of, PayoutModel pays) => Clause(of, 0, c => c with { Pays = pays });

    private static ContractDraft Clause(ContractDraft of, int place, Func<ClauseDraft, ClauseDraft> edit) =>
        of with { Clauses = [.. of.Clauses.Select((clause, i) => i == place ? edit(clause) : clause)] };

    private static IEnumerable<(string Name, ContractDraft After)> Edits() =>
    [
        ("rate", Sale(Old, Pay.RevenueShare(10.Percent))),
        ("rate in a new version", Sale(Old, Pay.RevenueShare(10.Percent)) with
        {
            Version = 2, Effective = new(new(2026, 4, 1), new(2027, 1, 1)),
        }),
        ("cap around", Sale(Old, Pay.RevenueShare(12.Percent).CappedAt(25_000.Eur))),
        ("cap around and another rate", Sale(Old, Pay.RevenueShare(10.Percent).CappedAt(80.Eur))),
        ("cap taken away", Clause(Old, 3, c => c with { Pays = Pay.RevenueShare(8.Percent) })),
        ("another cap", Clause(Old, 3, c => c with { Pays = Pay.RevenueShare(8.Percent).CappedAt(60.Eur) })),
        ("a floor and a cap around", Sale(Old, new Floored(Pay.RevenueShare(12.Percent), 1.Eur).CappedAt(80.Eur))),
        ("price", Clause(Old, 1, c => c with { Pays = Pay.Fixed(5m.Eur) })),
        ("model exchanged", Sale(Old, Pay.Fixed(6m.Eur))),
        ("model exchanged for tiers", Sale(Old, Pay.Tiered(new(1.20m.Eur, UpTo: 1_000), new(0.90m.Eur)))),
        ("price of a tier", Install(new(1.20m.Eur, UpTo: 1_000), new(0.95m.Eur))),
        ("end of a tier", Install(new(1.20m.Eur, UpTo: 2_000), new(0.90m.Eur))),
        ("a tier between", Install(new(1.20m.Eur, UpTo: 1_000), new(1m.Eur, UpTo: 5_000), new(0.90m.Eur))),
        ("a tier less", Install(new Tier(0.90m.Eur))),
        ("new condition", Clause(Old, 0, c => c.If(When.Fact(Facts.CustomerStatus).Is(CustomerStatus.New)))),
        ("another condition", Clause(Old, 3, c => c.If(When.Fact(Facts.Device).Is("desktop")))),
        ("no condition", Clause(Old, 3, c => c with { When = null })),
        ("new proof", Clause(Old, 0, c => c.TrustingHost("order-paid"))),
        ("less time for the proof", Clause(Old, 1, c => c.TrustingHost("order-paid", within: Duration.FromDays(14)))),
        ("stronger proof", Clause(Old, 1, c => c.RequiringProof(
            "order-paid", within: Duration.FromDays(30), minStrength: ProofStrength.Mac))),
        ("no proof", Clause(Old, 1, c => c with { Proof = ProofPolicy.None })),
        ("longer hold", Clause(Old, 0, c => c.HeldFor(Duration.FromDays(30)))),
        ("hold where there was none", Clause(Old, 1, c => c.HeldFor(Duration.FromDays(7)))),
        ("no hold", Clause(Old, 0, c => c.HeldFor(Duration.Zero))),
        ("corrections", Clause(Old, 0, c => c.Correcting(CorrectionPolicy.Reprice))),
        ("rounding", Clause(Old, 0, c => c.Rounded(RoundingMode.HalfEven, RoundAt.Period))),
        ("another outcome", Clause(Old, 0, c => c with { Outcome = "order" })),
        ("dates", Old with { Effective = new(new(2026, 2, 1), new(2027, 2, 1)) }),
        ("end", Old with { Effective = new(new(2026, 1, 1), new(2026, 7, 1)) }),
        ("no dates", Old with { Effective = null }),
        ("another end and rate", Sale(Old, Pay.RevenueShare(10.Percent)) with
        {
            Effective = new(new(2026, 1, 1), null),
        }),
        ("version alone", Old with { Version = 2 }),
        ("new partner", Old.WithPartner("p3")),
        ("a partner less", Old with { Partners = [new("p2")] }),
        ("partners in another order", Old with { Partners = [new("p2"), new("p1")] }),
        ("another payer", Old.PaidBy("network")),
        ("zone and currency", Old.In(Currency.Usd, "Europe/Paris")),
        ("new clause", Old.Pays("click", Pay.Fixed(0.10m.Eur), c => c.HeldFor(Duration.FromDays(7)))),
        ("a clause less", Old with { Clauses = [.. Old.Clauses.Take(3)] }),
        ("clauses in another order", Old with { Clauses = [Old.Clauses[3], .. Old.Clauses.Take(3)] }),
        ("a clause elsewhere and changed", Sale(Old, Pay.RevenueShare(9.Percent)) with
        {
            Clauses = [.. Old.Clauses.Skip(1), Sale(Old, Pay.RevenueShare(9.Percent)).Clauses[0]],
        }),
        ("integrator's model around", Sale(Old, new WeekendBonus(Pay.RevenueShare(12.Percent), 5.Percent))),
        ("integrator's model instead", Sale(Old, new WeekendBonus(Pay.Fixed(3m.Eur), 5.Percent))),
        ("parts of a sum", Sale(Old, new Sum([Pay.RevenueShare(12.Percent), Pay.Fixed(1m.Eur)]))),
        ("several things", Clause(Clause(Sale(Old, Pay.RevenueShare(11.Percent)), 0, c => c.HeldFor(Duration.Zero)), 1,
            c => c with { Pays = Pay.Fixed(1_234_567.89m.Eur) }).WithPartner("p4")),
    ];

    private static ContractDraft Install(params Tier[] tiers) =>
        Clause(Old, 2, c => c with { Pays = Pay.Tiered(tiers) });
}
