using FluentValidation.Results;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tests.Events;
using static PerfMarketing.Tests.Contracts.CommissionableOrders;

namespace PerfMarketing.Tests.Contracts;

public sealed class CommissionableAmountTests
{
    private const Inclusion In = Inclusion.In;
    private const Inclusion Out = Inclusion.Out;

    // Worked by hand on the mixed order: 54.00, 36.00 and 18.00 after discounts, and what the terms add or take off.
    public static TheoryData<string, CommissionableAmount?, string[]> Mixtures { get; } = new()
    {
        { "no term: the kept value", null, ["shoe 54.00", "sock 36.00", "card 18.00", "108.00"] },
        { "the defaults", new(), ["shoe 54.00", "sock 36.00", "card 18.00", "108.00"] },
        { "+ 11.40, 7.60, 0.00", new() { Tax = In }, ["shoe 65.40", "sock 43.60", "card 18.00", "127.00"] },
        { "+ 3, 2, 1", new() { Shipping = In }, ["shoe 57.00", "sock 38.00", "card 19.00", "114.00"] },
        { "+ 0.60, 0.40, 0.20", new() { Fees = In }, ["shoe 54.60", "sock 36.40", "card 18.20", "109.20"] },
        { "- 15, 10, 5", new() { GiftCards = Out }, ["shoe 39.00", "sock 26.00", "card 13.00", "78.00"] },
        { "60, 40 + 5, 20", new() { Discounts = In }, ["shoe 60.00", "sock 45.00", "card 20.00", "125.00"] },
        {
            "everything: 60 + 11.40 + 3 + 0.60, 45 + 7.60 + 2 + 0.40, 20 + 0 + 1 + 0.20",
            new() { Tax = In, Shipping = In, Fees = In, Discounts = In },
            ["shoe 75.00", "sock 55.00", "card 21.20", "151.20"]
        },
        {
            "everything but the 30 by gift card, by 75 : 55 : 21.20",
            new() { Tax = In, Shipping = In, Fees = In, Discounts = In, GiftCards = Out },
            ["shoe 60.12", "sock 44.09", "card 16.99", "121.20"]
        },
        {
            "an excluded category takes its share of the shipping with it",
            new() { Shipping = In, ExcludedCategories = ["gift-cards"] },
            ["shoe 57.00", "sock 38.00", "95.00"]
        },
        { "an excluded sku", new() { ExcludedSkus = ["sock", "hat"] }, ["shoe 54.00", "card 18.00", "72.00"] },
        {
            "a line that does not say its brand does not count",
            new() { ExcludedBrands = ["other"] },
            ["shoe 54.00", "54.00"]
        },
        {
            "names are compared letter by letter",
            new() { ExcludedCategories = ["Shoes"] },
            ["shoe 54.00", "sock 36.00", "card 18.00", "108.00"]
        },
    };

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void Switches_and_exclusions_make_the_amount(string because, CommissionableAmount? terms, string[] expected)
    {
        ArgumentNullException.ThrowIfNull(expected);

        terms.BasisOf(Mixed()).Texts().Should().Equal(
            [.. expected[..^1].Select(static l => $"{l} EUR"), $"= {expected[^1]} EUR"], because);
    }

    // cases/platform-cases.json: AffiliateWP issue 1326, list 10, coupon 10 %, 20 % are 1.80 and not 2.00.
    [Theory]
    [InlineData("membermouse-coupon-base: what the customer paid", Inclusion.Out, "1.80 EUR")]
    [InlineData("membermouse-coupon-base: its wrong figure is the price before the coupon", Inclusion.In, "2.00 EUR")]
    public void Coupon_is_in_or_out(string id, Inclusion discounts, string expected)
    {
        Outcome order = Sale() with { Lines = [new() { Net = 10.Eur }], Totals = new() { Discount = 1.Eur } };

        Basis basis = new CommissionableAmount { Discounts = discounts }.BasisOf(order);

        Pay.RevenueShare(20.Percent).Compute(new(basis.Value)).Total.ToString().Should().Be(expected, id);
    }

    // Half of the shoes are half of 54.00 + 11.40 + 3.00; a tenth of the value is a tenth of every part.
    [Theory]
    [InlineData("half the shoes came back", 0, "1", null, null, "shoe 34.20|sock 45.60|card 19.00|98.80")]
    [InlineData("all shoes came back", 0, null, null, null, "sock 45.60|card 19.00|64.60")]
    [InlineData("10.80 of 108.00 given back", null, null, "10.80 EUR", null, "shoe 61.56|sock 41.04|card 17.10|119.70")]
    [InlineData("half the value is true", null, null, null, "54.00 EUR", "shoe 34.20|sock 22.80|card 9.50|66.50")]
    public void What_comes_back_takes_every_part_with_it(
        string because, int? line, string? pieces, string? given, string? restated, string expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        Correction correction = line is not null
            ? Samples.LineReturn("k1", 1, new ReturnedLine
            {
                Line = line, Quantity = pieces is null ? null : int.Parse(pieces, null),
            })
            : given is not null ? Samples.AmountReturn(Money.Parse(given))
            : Samples.Restatement(Money.Parse(restated!));

        Basis basis = new CommissionableAmount { Tax = In, Shipping = In }.BasisOf(Mixed(), correction);

        string.Join('|', basis.Texts()).Replace(" EUR", string.Empty, StringComparison.Ordinal)
            .Replace("= ", string.Empty, StringComparison.Ordinal).Should().Be(expected, because);
    }

    [Fact]
    public void Stated_value_says_what_is_kept_and_not_what_is_paid_on()
    {
        // 127.00 with tax; the lines are worth 108.00 without.
        Outcome order = Mixed() with { Value = 127.Eur };

        new CommissionableAmount().BasisOf(order).Value.Should().Be((Accrual)108.Eur);
        default(CommissionableAmount).BasisOf(order).Value.Should().Be((Accrual)127.Eur);
        new CommissionableAmount().BasisOf(order, Samples.Restatement(63.50m.Eur)).Value
            .Should().Be((Accrual)54.Eur);
    }

    [Theory]
    [InlineData("a stated value counts as it is", false, "119.00 EUR", false, CommissionableReasons.AsStated)]
    [InlineData("what may be excluded is not known", true, "0.00 EUR", true, CommissionableReasons.NameUnknown)]
    public void Value_without_lines(string because, bool excludes, string expected, bool nothing, string note)
    {
        CommissionableAmount terms = new() { Tax = In, ExcludedSkus = excludes ? ["card"] : [] };
        Outcome sale = Sale(119.Eur);

        terms.BasisOf(sale).Value.ToString().Should().Be(expected, because);
        terms.LeavesNothingOf(sale).Should().Be(nothing, because);
        terms.NotesOn(sale).Should().Equal([new Reason(note)], because);
    }

    [Fact]
    public void Outcome_without_value_and_lines_counts_nothing() =>
        new CommissionableAmount { Tax = In }.BasisOf(Sale()).Value.Should().Be(Accrual.Zero(Currency.Eur));

    [Fact]
    public void Free_lines_share_the_shipping_equally_and_keep_it_by_pieces()
    {
        Outcome order = Sale() with
        {
            Lines = [new() { Sku = "a", Quantity = 2, Net = 0.Eur }, new() { Sku = "b", Net = 0.Eur }],
            Totals = new() { Shipping = 5.Eur },
        };
        CommissionableAmount terms = new() { Shipping = In };

        terms.BasisOf(order).Texts().Should().Equal("a 2.50 EUR", "b 2.50 EUR", "= 5.00 EUR");
        terms.BasisOf(order, Samples.LineReturn("k1", 1, new ReturnedLine { Line = 0, Quantity = 1 })).Texts()
            .Should().Equal("a 1.25 EUR", "b 2.50 EUR", "= 3.75 EUR");
    }

    [Fact]
    public void Gift_card_takes_off_no_more_than_there_is()
    {
        Outcome order = Mixed() with { Totals = new() { GiftCard = 500.Eur } };

        new CommissionableAmount { GiftCards = Out }.BasisOf(order).Value.Should().Be(Accrual.Zero(Currency.Eur));
    }

    [Fact]
    public void Nothing_is_left_after_a_retraction() =>
        new CommissionableAmount { Tax = In }.BasisOf(Mixed(), Samples.Retraction()).Texts()
            .Should().Equal("= 0.00 EUR");

    [Fact]
    public void Notes_say_what_was_asked_for_and_is_not_stated_and_what_was_left_out()
    {
        Outcome order = Mixed() with { Totals = new() { Discount = 12.Eur } };
        CommissionableAmount terms = new()
        {
            Tax = In, Shipping = In, Fees = In, GiftCards = Out, Discounts = In,
            ExcludedCategories = ["gift-cards"], ExcludedBrands = ["acme"],
        };

        terms.NotesOn(order).Select(static n => n.ToString()).Should().Equal(
            "commissionable.name-unknown (term: brand, lines: 1)",
            "commissionable.excluded (term: brand, lines: 1)",
            "commissionable.excluded (term: category, lines: 1)",
            "commissionable.not-stated (term: shipping)",
            "commissionable.not-stated (term: fees)",
            "commissionable.not-stated (term: giftCards)");
        terms.LeavesNothingOf(order).Should().BeTrue();
        new CommissionableAmount().NotesOn(Mixed()).Should().BeEmpty();
    }

    [Fact]
    public void Terms_survive_json_and_defaults_are_not_written()
    {
        CommissionableAmount terms = new()
        {
            Tax = In, Shipping = In, Fees = In, GiftCards = Out, Discounts = In,
            ExcludedCategories = ["gift-cards"], ExcludedSkus = ["a"], ExcludedBrands = ["b"],
        };
        ContractDraft draft = Draft(terms);

        CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft);
        TermJson.Write(Draft(new())).Should().Contain("\"commissionable\":{}");
        TermJson.Write(Draft(null)).Should().NotContain("commissionable");
        draft.Build().Digest.Should().NotBe(Draft(null).Build().Digest);
    }

    [Fact]
    public void Names_that_no_line_can_have_are_refused()
    {
        CommissionableAmount terms = new()
        {
            ExcludedSkus = ["a", string.Empty],
            ExcludedBrands = ["b", "b"],
            ExcludedCategories =
            [
                .. Enumerable.Range(0, CommissionableAmount.ExclusionCountMax + 1).Select(static i => $"c{i}"),
            ],
        };

        ValidationResult result = Draft(terms).Validate();

        result.Errors.Select(static f => $"{f.ErrorCode} {f.PropertyName}").Should().BeEquivalentTo(
            "contract.exclusion-name Clauses[0].Commissionable.ExcludedSkus[1]",
            "contract.exclusion-count Clauses[0].Commissionable.ExcludedBrands",
            "contract.exclusion-count Clauses[0].Commissionable.ExcludedCategories");
    }

    private static ContractDraft Draft(CommissionableAmount? terms) => ContractDraft.For("acme").PaidBy("acme")
        .WithPartner("p1").In(Currency.Eur, "Etc/UTC")
        .Pays("sale", Pay.RevenueShare(10.Percent), c => terms is null ? c : c.PaidOn(terms));
}
