using System.Text;
using FluentValidation.Results;
using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tests.Payouts;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Contracts;

public sealed class ContractDraftTests
{
    private static readonly TermCatalog Catalog = TermCatalog.Default with
    {
        Models = PayoutModelCatalog.Default.With(WeekendBonus.TagName, WeekendBonus.Read, new WeekendBonusValidator()),
    };

    private static ContractDraft Full => ContractDraft.For("acme-2026").PaidBy("acme")
        .WithPartner("partner-7").WithPartner("partner-8")
        .In(Currency.Eur, timeZone: "Europe/Berlin")
        .EffectiveFrom(new LocalDate(2026, 1, 1), new LocalDate(2027, 1, 1))
        .Pays("lead", Pay.Fixed(4.50m.Eur))
        .Pays(
            "sale",
            new WeekendBonus(Pay.RevenueShare(12.Percent).CappedAt(80.Eur), 5.Percent),
            sale => sale.TrustingHost("order-paid", holdFor: Duration.FromDays(14), within: Duration.FromDays(30))
                .If(When.Fact(Facts.Device).Is("mobile")).Correcting(CorrectionPolicy.Reprice))
        .Pays("click", Pay.Fixed(Accrual.Parse("0.045 EUR")), c => c.Rounded(RoundingMode.HalfEven, RoundAt.Period))
        .Pays(
            "install",
            Pay.Tiered(new(1.20m.Eur, UpTo: 100), new(0.90m.Eur)),
            install => install.TalliedPer(PeriodUnit.Quarter));

    [Fact]
    public void Draft_survives_json()
    {
        string json = TermJson.Write(Full, indented: true);

        CampaignJson.ParseContract(json, Catalog).Should().Be(Full);
    }

    [Fact]
    public void Condition_that_cannot_be_decided_is_named_with_its_place()
    {
        Condition undecided = When.All(When.Fact(Facts.Device).Is("mobile"), When.Any());
        ContractDraft draft = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p1")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(1.Eur), c => c.If(undecided));

        draft.Validate().Errors.Select(static f => (f.PropertyName, f.ErrorCode)).Should()
            .Equal(("Clauses[0].When.Of[1].Of", ConditionCodes.Empty));
    }

    [Fact]
    public void Json_reads_as_a_person_would_write_it()
    {
        ContractDraft draft = CampaignJson.ParseContract("""
            {
              "id": "acme-2026", "payer": "acme", "partners": ["p1"], "currency": "EUR", "zone": "Europe/Berlin",
              "effective": "2026-01-01/2027-01-01",
              "clauses": [
                { "id": "sale", "outcome": "sale", "hold": "14d",
                  "pays": { "model": "capped", "cap": "80.00 EUR",
                            "inner": { "model": "revenue-share", "rate": "12%" } },
                  "proof": { "proof": "require", "kind": "order-paid", "minStrength": "asserted",
                             "coveredClaims": "as-named" } }
              ]
            }
            """);

        draft.Build().Clauses[0].Pays.Should().Be(Pay.RevenueShare(12.Percent).CappedAt(80.Eur));
    }

    [Fact]
    public void Everything_wrong_with_the_text_is_told_at_once_with_its_place()
    {
        byte[] json = Encoding.UTF8.GetBytes("""
            {
              "id": "acme 2026", "id": "again", "payer": 7, "currency": "EURO", "colour": "red",
              "clauses": [
                { "id": "sale", "outcome": "Sale!",
                  "pays": { "model": "capped", "inner": { "model": "acme.unknown", "x": 1 } } }
              ]
            }
            """);

        TermFailures failures = new();

        CampaignJson.TryParseContract(json, failures, out _).Should().BeFalse();

        failures.Select(f => $"{f.Path} {f.Code}").Should().BeEquivalentTo(
            "$.id terms.duplicate",
            "$.payer terms.wrong-kind",
            "$.currency terms.malformed",
            "$.colour terms.unknown",
            "$.clauses[0].outcome terms.malformed",
            "$.clauses[0].pays.inner.model payout.model-unknown",
            "$.clauses[0].pays.cap terms.missing");
        failures.Should().OnlyContain(f => f.Line > 0 && f.Column > 0);
    }

    [Fact]
    public void Digest_changes_with_any_term_and_with_nothing_else()
    {
        Contract contract = Full.Build(Catalog);
        Contract again = CampaignJson.ParseContract(TermJson.Write(Full), Catalog).Build(Catalog);

        again.Should().Be(contract);
        (again == contract).Should().BeTrue();
        foreach (ContractDraft other in Variations())
        {
            other.Build(Catalog).Digest.Should().NotBe(contract.Digest);
        }
    }

    [Fact]
    public void Contract_refuses_to_be_wrong_and_tells_everything()
    {
        ContractDraft draft = ContractDraft.For("c").In(Currency.Eur, "Mars/Olympus")
            .Pays("sale", Pay.Tiered(new(1m.Eur, 10), new(1m.Eur, 5), new(1m.Eur)).CappedAt(0.Eur))
            .Pays("sale", Pay.Fixed(1m.Usd), c => c with { Id = new("sale"), Hold = Duration.FromDays(-1) });

        draft.TryBuild(out Contract? contract, out ValidationResult result).Should().BeFalse();

        contract.Should().BeNull();
        result.Errors.Select(f => $"{f.PropertyName} {f.ErrorCode}").Should().BeEquivalentTo(
            "Payer contract.payer-missing",
            "Partners contract.partners",
            "Zone contract.zone-unknown",
            "Clauses contract.clause-duplicate",
            "Clauses[0].Pays.Cap payout.cap-not-positive",
            "Clauses[0].Pays.Inner.Tiers[1] payout.tiers-not-ascending",
            "Clauses[1].Hold contract.hold-out-of-range",
            "Clauses[1].Pays.Price contract.currency-mismatch");
        draft.Invoking(d => d.Build()).Should().Throw<ContractInvalidException>()
            .Which.Result.Errors.Should().HaveCount(8);
    }

    [Fact]
    public void Price_off_the_grid_needs_rounding_per_period()
    {
        ContractDraft draft = ContractDraft.For("c").PaidBy("a").WithPartner("p").In(Currency.Eur, "Europe/Berlin")
            .Pays("click", Pay.Fixed(new Accrual(0.045m, Currency.Eur)));

        draft.Validate().Errors.Should().ContainSingle().Which.ErrorCode.Should().Be(ContractCodes.OffGridPrice);
        (draft with { Clauses = [draft.Clauses[0].Rounded(RoundingMode.HalfAwayFromZero, RoundAt.Period)] })
            .Validate().IsValid.Should().BeTrue();
    }

    [Theory]
    [InlineData(RoundingMode.Floor)]
    [InlineData(RoundingMode.Ceiling)]
    public void Rounding_that_a_reversal_would_not_mirror_is_refused(RoundingMode mode) =>
        (Full with { Clauses = [Full.Clauses[0].Rounded(mode)] }).Validate().Errors.Should().ContainSingle()
            .Which.ErrorCode.Should().Be(ContractCodes.RoundingNotSymmetric);

    [Fact]
    public void Unknown_format_is_refused()
    {
        TermFailures failures = new();

        CampaignJson.TryParseContract("""{"format":2,"id":"c","currency":"EUR"}"""u8, failures, out _)
            .Should().BeFalse();
        failures.Should().ContainSingle().Which.Code.Should().Be(TermCodes.FormatUnknown);
    }

    [Fact]
    public void Amounts_of_an_integrators_model_are_checked_too()
    {
        ContractDraft draft = Full with
        {
            Clauses = [Full.Clauses[0] with { Pays = new WeekendBonus(Pay.Fixed(1m.Usd), 5.Percent) }],
        };

        draft.Validate(Catalog).Errors.Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new
            {
                PropertyName = "Clauses[0].Pays.Inner.Price",
                ErrorCode = ContractCodes.CurrencyMismatch,
            });
    }

    [Fact]
    public void First_clause_that_applies_prices_the_outcome()
    {
        Contract contract = Full.Pays("sale", Pay.Fixed(1m.Eur)).Build(Catalog);
        FactSet mobile = FactSet.Empty.With(Facts.Device, "mobile");
        Instant at = Instant.FromUtc(2026, 3, 1, 12, 0);

        contract.FindClause(new ClauseSubject("sale", mobile, at))!.Id.Value.Should().Be("sale");
        contract.FindClause(new ClauseSubject("sale", FactSet.Empty, at))!.Id.Value.Should().Be("sale-2");
        contract.FindClause(new ClauseSubject("order", FactSet.Empty, at)).Should().BeNull();
    }

    [Fact]
    public void Contract_is_in_force_on_the_days_of_its_zone()
    {
        Contract contract = Full.Build(Catalog);

        contract.IsInForce(Instant.FromUtc(2025, 12, 31, 22, 59)).Should().BeFalse();
        contract.IsInForce(Instant.FromUtc(2025, 12, 31, 23, 0)).Should().BeTrue();
        contract.IsInForce(Instant.FromUtc(2026, 12, 31, 22, 59)).Should().BeTrue();
        contract.IsInForce(Instant.FromUtc(2026, 12, 31, 23, 0)).Should().BeFalse();
    }

    private static IEnumerable<ContractDraft> Variations()
    {
        yield return Full with { Version = 2 };
        yield return Full.PaidBy("other");
        yield return Full.WithPartner("partner-9");
        yield return Full with { Zone = "Europe/Paris" };
        yield return Full.EffectiveFrom(new LocalDate(2026, 1, 2));
        for (int i = 0; i < Full.Clauses.Count; i++)
        {
            yield return Full with { Clauses = [.. Full.Clauses.Where((_, n) => n != i)] };
        }

        yield return Full with { Clauses = [.. Full.Clauses.Select(c => c.HeldFor(Duration.FromDays(3)))] };
        yield return Full with { Clauses = [.. Full.Clauses.Reverse()] };
    }
}
