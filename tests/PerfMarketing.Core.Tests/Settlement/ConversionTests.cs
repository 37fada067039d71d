using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.ConversionSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>
/// DESIGN §4 rule 11: what is in another currency is converted exactly, then priced, then rounded once.
/// </summary>
public sealed class ConversionTests
{
    private const string Day3 = "2026-03-03T12:00:00Z";

    // cases/billing-cases.json, fx: value, contract's currency, rate, what the contract earns at 100 %.
    [Theory]
    [InlineData("fx-eur-jpy-exponent", "123.45 EUR", "JPY", "148.72", "18359 JPY")]
    [InlineData("fx-roundtrip-same-snapshot", "100.00 USD", "INR", "82.42135", "8242.14 INR")]
    public void Worked_case_is_converted_rounded_once_and_reversed_to_nothing(
        string id, string value, string currency, string rate, string earned)
    {
        (var from, var to) = (Money.Parse(value), Currency.Parse(currency));
        ContractDraft contract = Contract(Pay.RevenueShare(100.Percent)).In(to, "Europe/Berlin").Converting(ByEvent);
        CampaignRun run = ConversionSample.Run(
            contract.ToCampaign(),
            Rate(from.Currency, to, 3, decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture)),
            Rate(from.Currency, to, 9, 1));

        run.Process(Of(Sale("o1", Day3, from)));
        run.Process(Of(Retracted("r1", "o1", "2026-03-10T12:00:00Z")));

        run.Entries.Texts().Should().Equal([$"p-blog {earned}", $"p-blog -{earned}"], id);
    }

    [Fact]
    public void Amount_is_rounded_after_it_was_converted_and_priced()
    {
        // 33.33 × 0.915 × 15 % = 4.5745425; rounded in between it would be 30.50 and 4.58.
        CampaignRun run = ConversionSample.Run(Paying(Pay.RevenueShare(15.Percent)), Dollar(3, 0.915m));

        run.Process(Of(Sale("o1", Day3, 33.33m.Usd)));
        run.Expire(At("2026-03-03T15:00:00Z"));

        Earning earning = run.Entries.Should().ContainSingle().Which.Should().BeOfType<Earning>().Subject;
        earning.Amount.Should().Be(4.57m.Eur);
        earning.Value.Should().Be(new Accrual(30.49695m, Currency.Eur));
        earning.Rates.Should().Equal(Dollar(3, 0.915m).Rate);
        TermJson.Parse(TermJson.Write(earning), CampaignRecord.Read).Should().Be(earning);
        run.State.Find(new("o1"))!.Decision!.Notes.Select(static n => n.ToString()).Should().Equal(
            "settlement.converted (contract: acme-2026, from: USD, to: EUR, rate: 0.915, "
            + "id: USD-EUR-2026-03-03T15:00:00Z)");
    }

    [Fact]
    public void Result_waits_until_the_rate_of_its_day_is_known_and_is_decided_then()
    {
        CampaignRun run = ConversionSample.Run(
            Paying(Pay.RevenueShare(10.Percent).CappedAt(8.Eur)),
            Dollar(2, 0.5m),
            Dollar(3, 0.9m, recordedAt: "2026-03-05T08:00:00Z"),
            Dollar(4, 0.6m));

        run.Process(Of(Sale("o1", Day3, 100m.Usd)));
        run.Process(Of(Sale("o2", Day3, 50m.Usd)));
        run.Expire(At("2026-03-05T07:59:59Z"));
        run.Entries.Should().BeEmpty();
        run.Waits("o1").Should().Be(
            "settlement.rate-missing (from: USD, to: EUR, source: ecb, day: 2026-03-03)");
        run.Process(Of(Sale("o3", "2026-03-06T12:00:00Z", 1.Eur)));

        run.Entries.Texts().Should().Equal("p-blog 8.00 EUR", "p-blog 4.50 EUR", "p-blog 0.10 EUR");
        run.Entries[0].DecidedAt.Should().Be(At("2026-03-05T08:00:00Z"));
    }

    [Theory]
    [InlineData(RateDay.Event, "2026-03-10T12:00:00Z", "p-blog 9.03 EUR")]
    [InlineData(RateDay.Decision, "2026-03-10T15:00:00Z", "p-blog 9.10 EUR")]
    [InlineData(RateDay.Statement, "2026-03-31T15:00:00Z", "p-blog 9.31 EUR")]
    public void Contract_says_which_days_rate_counts(RateDay day, string decidedAt, string earned)
    {
        CampaignRun run = ConversionSample.Run(
            Contract(Pay.RevenueShare(10.Percent), static c => c.TrustingHost("order-paid"))
                .Converting(ByEvent with { Day = day }).ToCampaign(),
            [.. Enumerable.Range(1, 31).Select(static d => Dollar(d, 0.9m + (d / 1_000m)))]);

        run.Process(Of(Sale("o1", Day3, 100m.Usd)));
        run.Process(Proof("o1", "2026-03-10T12:00:00Z"));
        run.Expire(At("2026-04-10T12:00:00Z"));

        run.Entries.Texts().Should().Equal(earned);
        run.Entries[0].DecidedAt.Should().Be(At(decidedAt));
    }

    // The sale is of Tuesday, 3 March.
    [Theory]
    [InlineData(PeriodUnit.Week, "2026-03-08T15:00:00Z", "p-blog 9.08 EUR")]
    [InlineData(PeriodUnit.HalfMonth, "2026-03-15T15:00:00Z", "p-blog 9.15 EUR")]
    [InlineData(PeriodUnit.Month, "2026-03-31T15:00:00Z", "p-blog 9.31 EUR")]
    [InlineData(PeriodUnit.Quarter, "2026-03-31T15:00:00Z", "p-blog 9.31 EUR")]
    public void Rate_of_the_statement_is_that_of_its_last_day(PeriodUnit per, string decidedAt, string earned)
    {
        CampaignRun run = ConversionSample.Run(
            Contract(Pay.RevenueShare(10.Percent)).Converting(ByEvent with { Day = RateDay.Statement })
                .SettledBy(new() { Per = per }).ToCampaign(),
            [.. Enumerable.Range(1, 31).Select(static d => Dollar(d, 0.9m + (d / 1_000m)))]);

        run.Process(Of(Sale("o1", Day3, 100m.Usd)));
        run.Expire(At("2026-04-10T12:00:00Z"));

        run.Entries.Texts().Should().Equal(earned);
        run.Entries[0].DecidedAt.Should().Be(At(decidedAt));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(2, "p-blog 9.06 EUR")]
    public void On_a_sunday_the_rate_of_friday_counts_when_the_contract_says_so(int daysBack, string? earned)
    {
        CampaignRun run = ConversionSample.Run(
            Contract(Pay.RevenueShare(10.Percent)).Converting(ByEvent with { DaysBack = daysBack }).ToCampaign(),
            Dollar(5, 0.905m), Dollar(6, 0.906m), Dollar(9, 0.909m));

        run.Process(Of(Sale("o1", "2026-03-08T12:00:00Z", 100m.Usd)));
        run.Expire(At("2026-05-01T00:00:00Z"));

        run.Entries.Texts().Should().Equal(earned is null ? [] : [earned]);
    }

    [Fact]
    public void Corrections_use_the_booked_rate_whatever_the_rate_is_by_then()
    {
        ContractDraft draft = Contract(
                Pay.RevenueShare(12.Percent).CappedAt(80.Eur), static c => c.Correcting(CorrectionPolicy.Reprice))
            .Pays("lead", Pay.RevenueShare(10.Percent)).Converting(ByEvent);
        CampaignRun run = ConversionSample.Run(draft.ToCampaign(), Dollar(3, 0.9m), Dollar(10, 0.1m));

        run.Process(Of(Sale("o1", Day3, 1_000m.Usd)));
        run.Process(Of(Sale("o2", Day3, 100m.Usd) with { Kind = "lead" }));
        run.Process(Of(Returned("r1", "o1", "2026-03-10T16:00:00Z", 300m.Usd)));
        run.Process(Of(Returned("r2", "o2", "2026-03-10T16:00:00Z", 40m.Usd)));
        run.Process(Of(Retracted("x1", "o1", "2026-03-11T16:00:00Z")));
        run.Process(Of(Retracted("x2", "o2", "2026-03-11T16:00:00Z")));

        // 700 × 0.9 × 12 % = 75.60; 40 % of 9.00.
        run.Entries.Texts().Should().Equal(
            "p-blog 80.00 EUR", "p-blog 9.00 EUR", "p-blog -4.40 EUR", "p-blog -3.60 EUR",
            "p-blog -75.60 EUR", "p-blog -5.40 EUR");
    }

    [Fact]
    public void Order_lines_are_converted_one_by_one()
    {
        CampaignRun run = ConversionSample.Run(
            Paying(Pay.ByLine(LineRate.OfCategory("shoes", 10.Percent), LineRate.OfCategory("hats", 5.Percent))),
            Dollar(3, 0.9m));
        PerfMarketing.Events.Outcome order = Sale("o1", Day3, 300m.Usd) with
        {
            Lines =
            [
                new() { Sku = "a", Category = "shoes", Quantity = 1, Net = 100m.Usd },
                new() { Sku = "b", Category = "hats", Quantity = 1, Net = 200m.Usd },
            ],
        };

        run.Process(Of(order));
        run.Expire(At("2026-03-04T00:00:00Z"));

        run.Entries.Texts().Should().Equal("p-blog 18.00 EUR");
    }

    [Fact]
    public void Leg_in_another_currency_is_measured_by_a_rate_and_corrected_by_the_same()
    {
        CampaignDraft draft = CampaignDraft.For("x", "acme")
            .With(ContractDraft.For("partners").PaidBy("acme").WithPartner("p-blog").In(Currency.Usd, "Etc/UTC")
                .Pays("sale", Pay.RevenueShare(20.Percent)))
            .With(ContractDraft.For("fee").PaidBy("acme").WithPartner("net").In(Currency.Eur, "Etc/UTC")
                .Pays("sale", Pay.RevenueShare(25.Percent, Measure.OfLeg(new("partners"))),
                    static c => c.Correcting(CorrectionPolicy.Reprice))
                .OnResultsOf("p-blog").Converting(ByEvent));
        CampaignRun run = ConversionSample.Run(draft, Dollar(3, 0.9m), Dollar(10, 0.1m));

        run.Process(Of(Sale("o1", Day3, 100m.Usd)));
        run.Entries.Texts().Should().Equal(["p-blog 20.00 USD"], "the fee waits for its rate");
        run.Process(Of(Returned("r1", "o1", "2026-03-10T16:00:00Z", 50m.Usd)));

        run.Entries.Texts().Should().Equal(
            "p-blog 20.00 USD", "net 4.50 EUR", "p-blog -10.00 USD", "net -2.25 EUR");
    }

    [Fact]
    public void Amended_terms_price_by_the_booked_rate_and_leave_what_was_made_without_one()
    {
        static CampaignRun Amended(PayoutModel before)
        {
            CampaignRun run = ConversionSample.Run(
                Converting(AmendmentSample.Amended(before, Pay.RevenueShare(20.Percent))),
                Dollar(3, 0.9m), Dollar(20, 0.1m));
            run.Process(Of(Sale("o1", Day3, 100m.Usd)));
            run.Expire(At("2026-04-02T00:00:00Z"));
            return run;
        }

        Amended(Pay.RevenueShare(10.Percent)).Entries.Texts().Should().Equal("p-blog 9.00 EUR", "p-blog 9.00 EUR");
        Amended(Pay.Fixed(5.Eur)).Entries.Texts().Should().Equal("p-blog 5.00 EUR");
    }

    [Fact]
    public void Contract_that_reads_no_value_needs_no_rate()
    {
        CampaignRun run = ConversionSample.Run(Paying(Pay.Fixed(5.Eur)));

        run.Process(Of(Sale("o1", Day3, 100m.Usd)));

        run.Entries.Texts().Should().Equal("p-blog 5.00 EUR");
    }

    [Theory]
    [InlineData("""{ "source": "" }""")]
    [InlineData("""{ "source": "two words" }""")]
    [InlineData("""{ "source": "ecb", "daysBack": -1 }""")]
    [InlineData("""{ "source": "ecb", "daysBack": 32 }""")]
    public void Terms_that_make_no_sense_are_refused(string json)
    {
        ContractDraft draft = Contract(Pay.Fixed(5.Eur))
            .Converting(TermJson.Parse(json, ConversionTerms.Read));

        draft.Validate().Errors.Should().ContainSingle().Which.ErrorCode.Should().Be(ContractCodes.Conversion);
    }

    [Fact]
    public void Terms_are_read_back_and_absent_ones_are_not_written()
    {
        ContractDraft draft = Contract(Pay.Fixed(5.Eur));
        ConversionTerms terms = new("ecb") { Day = RateDay.Statement, DaysBack = 4 };

        TermJson.Write(draft).Should().NotContain("conversion");
        TermJson.Parse(TermJson.Write(terms), ConversionTerms.Read).Should().Be(terms);
        TermJson.Write(new ConversionTerms("ecb")).Should().Be("""{"source":"ecb"}""");
        draft.Build().Digest.Should().NotBe(draft.Converting(terms).Build().Digest);
    }

    [Fact]
    public void Returns_and_a_retraction_net_to_nothing_at_every_rate()
    {
        Gen<(int Cents, int Rate, int Percent, int First, int Second)> cases =
            from cents in Gen.Choose(1, 10_000_000)
            from rate in Gen.Choose(1, 2_000_000_000)
            from percent in Gen.Choose(1, 9_999)
            from first in Gen.Choose(0, cents)
            from second in Gen.Choose(0, cents - first)
            select (cents, rate, percent, first, second);

        Prop.ForAll(cases.ToArbitrary(), static c =>
        {
            decimal rate = c.Rate / 1_000_000_000m;
            CampaignRun run = ConversionSample.Run(
                Paying(Pay.RevenueShare((c.Percent / 100m).Percent)), Dollar(3, rate), Dollar(4, 2 * rate));
            run.Process(Of(Sale("o1", "2026-03-03T16:00:00Z", Money.FromMinor(c.Cents, Currency.Usd))));
            run.Process(Of(Returned("r1", "o1", "2026-03-04T16:00:00Z", Money.FromMinor(c.First, Currency.Usd))));
            run.Process(Of(Returned("r2", "o1", "2026-03-05T16:00:00Z", Money.FromMinor(c.Second, Currency.Usd))));
            long exact = (long)decimal.Round(c.Cents * rate * c.Percent / 10_000m, MidpointRounding.AwayFromZero);
            bool paid = run.Entries[0].Amount.MinorUnits == exact;
            run.Process(Of(Retracted("r3", "o1", "2026-03-06T16:00:00Z")));
            return paid && run.Entries.Sum(static e => e.Amount.MinorUnits) == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20_261_122, 9));
    }

    private static CampaignDraft Converting(CampaignDraft draft) =>
        draft with { Contracts = [.. draft.Contracts.Select(static c => c.Converting(ByEvent))] };

    private static CampaignDraft Paying(PayoutModel pays) => Contract(pays).Converting(ByEvent).ToCampaign();
}
