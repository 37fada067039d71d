using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Tests.Settlement;
using static PerfMarketing.Tests.Contracts.CommissionableOrders;

namespace PerfMarketing.Tests.Contracts;

public sealed class ClausePreviewTests
{
    private static readonly Contract Shop = ContractDraft.For("acme").PaidBy("acme")
        .WithPartner("p-blog").WithPartner("p-mail").In(Currency.Eur, "Etc/UTC")
        .Pays("sale", Pay.RevenueShare(12.Percent), c => c.If(When.Fact(Facts.Device).Is("mobile")))
        .Pays(
            "sale",
            Pay.ByLine(LineRate.OfCategory("shoes", 10.Percent)) with { Otherwise = Pay.RevenueShare(5.Percent) },
            c => c.PaidOn(new() { ExcludedCategories = ["gift-cards"] }))
        .Pays("install", Pay.Tiered(new(1.20m.Eur, UpTo: 100), new(0.90m.Eur)))
        .Build();

    [Theory]
    [InlineData(true, "3.00 EUR")]
    [InlineData(false, "1.00 EUR")]
    public void A_role_chooses_the_clause_that_asks_for_it(bool hasIntroduced, string expected)
    {
        Contract contract = ContractDraft.For("assist").PaidBy("acme").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin").Assisting()
            .Pays("sale", Pay.Fixed(3.Eur), static c =>
                c.If(When.Fact(OutcomeFacts.Role).Has(PartnerRole.Introducer)))
            .Pays("sale", Pay.Fixed(1.Eur)).Build();
        PartnerRole role = new(new("p-mail"), Sale(1.Eur).At) { HasIntroduced = hasIntroduced };

        ClausePreview.Of(contract, Sale(100.Eur), new("p-mail"), role: role)[0].Amount.ToString()
            .Should().Be(expected);
        ClausePreview.Of(contract, Sale(100.Eur), new("p-mail"))[0].Amount.Should().Be(1.Eur);
    }

    [Fact]
    public void Every_clause_that_applies_is_previewed_in_order()
    {
        Outcome order = Mixed() with { Facts = [Facts.Device.Of("mobile")] };

        ClausePreview.Of(Shop, order, new("p-blog")).Select(static p => $"{p.Clause} {p.Amount}")
            .Should().Equal("sale 12.96 EUR", "sale-2 7.20 EUR");
        ClausePreview.Of(Shop, Mixed(), new("p-blog")).Should().ContainSingle();
        ClausePreview.Of(Shop, Mixed() with { Kind = "lead" }, new("p-blog")).Should().BeEmpty();
    }

    [Fact]
    public void Explanation_names_partners_lines_and_what_was_left_out() =>
        ClausePreview.Of(Shop, Shop.Clauses[1], Mixed(), [Half("p-blog"), Half("p-mail")]).Explain().Should().Be("""
            sale-2: 7.20 EUR on 90.00 EUR
              p-blog 3.60 EUR
                revenue-share[0] 5.40 EUR
                revenue-share[1] 1.80 EUR
                credit-share -3.60 EUR
              p-mail 3.60 EUR
                revenue-share[0] 5.40 EUR
                revenue-share[1] 1.80 EUR
                credit-share -3.60 EUR
              commissionable.excluded (term: category, lines: 1)
            """.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("from nothing", 0, "165.00 EUR")]
    [InlineData("after 90", 90, "138.00 EUR")]
    [InlineData("after 100", 100, "135.00 EUR")]
    public void Price_follows_from_the_tally_which_stays_as_it_is(string because, int before, string expected)
    {
        Tally tally = Tally.Zero(Currency.Eur) with { Quantity = before };
        Outcome installs = Sale() with { Kind = "install", Quantity = 150 };

        ClausePreview first = ClausePreview.Of(Shop, installs, new("p-blog"), _ => tally)[0];
        ClausePreview again = ClausePreview.Of(Shop, installs, new("p-blog"), _ => tally)[0];

        first.Amount.ToString().Should().Be(expected, because);
        again.Should().Be(first, because);
        first.Shares[0].Before.Should().Be(tally, because);
    }

    [Fact]
    public void Credit_of_others_is_left_to_them() =>
        ClausePreview.Of(Shop, Shop.Clauses[0], Sale(100.Eur), [Half("p-blog")], totalWeight: 4).Amount
            .Should().Be(3.Eur);

    [Fact]
    public void Refusal_says_why_there_is_no_price()
    {
        ClausePreview.Of(Shop, Sale(100.Usd), new("p-blog"))[0].Explain().Should().Be(
            "sale-2: 0.00 EUR on 0.00 EUR\n"
            + "  preview.other-currency (from: USD, to: EUR)\n"
            + "  commissionable.name-unknown");
        ClausePreview.Of(Shop, Sale(100.Eur), new("p-blog"))[0].Refusal!.Code
            .Should().Be(CommissionableReasons.NothingLeft);
    }

    [Theory]
    [InlineData("a price for each lead needs no rate", false, "3.00 EUR")]
    [InlineData("lines cannot be read without a rate, whatever they pay", true, "0.00 EUR")]
    public void Value_in_another_currency_is_needed_only_by_what_reads_it(string because, bool byLine, string expected)
    {
        PayoutModel price = Pay.Fixed(3.Eur);
        Contract contract = Settlement.Sample.Contract(
            byLine ? Pay.ByLine(new LineRate(price) { Skus = ["a"] }) : price).Build();

        ClausePreview preview = ClausePreview.Of(contract, Sale(100.Usd), new("p-blog"))[0];

        preview.Amount.ToString().Should().Be(expected, because);
        (preview.Refusal is not null).Should().Be(byLine, because);
    }

    // 100.00 USD at 0.915, of which 15 % are 13.725; at 0.9 the day before.
    [Theory]
    [InlineData("2026-03-03T16:00:00Z", 0, "13.73 EUR")]
    [InlineData("2026-03-03T12:00:00Z", 1, "13.50 EUR")]
    [InlineData("2026-03-03T12:00:00Z", 0, null)]
    public void Value_in_another_currency_is_converted_as_the_decision_would(
        string recordedAt, int daysBack, string? expected)
    {
        ContractDraft draft = Settlement.Sample.Contract(Pay.RevenueShare(15.Percent)) with
        {
            Conversion = new("ecb") { DaysBack = daysBack },
        };
        RecordedRate[] known = [ConversionSample.Dollar(2, 0.9m), ConversionSample.Dollar(3, 0.915m)];
        Outcome sale = Settlement.Sample.Sale("o1", "2026-03-03T12:00:00Z", 100.Usd) with
        {
            RecordedAt = Settlement.Sample.At(recordedAt),
        };

        ClausePreview preview = ClausePreview.Of(draft.Build(), sale, new("p-blog"), rates: new(known))[0];

        Decision decided = ConversionSample.Run(draft.ToCampaign(), known).Process(Settlement.Sample.Of(sale));
        decided.Posted.Select(static e => e.Amount.ToString()).Should().Equal(expected is null ? [] : [expected]);
        (preview.Refusal is null ? preview.Amount.ToString() : null).Should().Be(expected);
        (preview.Rate is null).Should().Be(expected is null);
        preview.Explain().Should().Contain(expected is null ? PreviewReasons.OtherCurrency : "USD to EUR at 0.9");
    }

    [Fact]
    public void Price_that_reads_no_value_needs_no_rate()
    {
        ContractDraft draft = Settlement.Sample.Contract(Pay.Fixed(3.Eur)) with { Conversion = new("ecb") };

        ClausePreview preview = ClausePreview.Of(
            draft.Build(), Sale(100.Usd), new("p-blog"), rates: new([ConversionSample.Dollar(2, 0.9m)]))[0];

        preview.Amount.Should().Be(3.Eur);
        preview.Rate.Should().BeNull();
    }

    [Fact]
    public void Wrong_outcome_is_not_previewed() =>
        FluentActions.Invoking(static () => ClausePreview.Of(Shop, Sale((-1).Eur), new("p-blog")))
            .Should().Throw<ArgumentException>();

    private static Beneficiary Half(string partner) => new(new(partner), 1, Tally.Zero(Currency.Eur));
}
