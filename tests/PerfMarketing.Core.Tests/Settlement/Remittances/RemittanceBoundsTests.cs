using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;
using static PerfMarketing.Tests.Settlement.Remittances.SampleStatements;

namespace PerfMarketing.Tests.Settlement.Remittances;

/// <summary>Debts that are earned back by what is not due yet, great sums, and words of a bank.</summary>
public sealed class RemittanceBoundsTests
{
    private readonly RemittanceBook book = new(Blog, Currency.Eur);

    [Fact]
    public void Debt_that_the_contract_has_earned_back_is_not_taken_from_others()
    {
        // b owes 30 back in January; in February it earns 50, of which its own statement pays 20, due in April.
        PayableStatement[] a = Chain("a", 0, 100);
        PayableStatement[] b = Chain("b", -30, 50);
        b[1] = new(b[1].Campaign, b[1].Statement with { DueOn = new(2026, 4, 1) });

        book.Plan(Terms(setsOff: true), [.. a, .. b], After(2)).Remittance!.Amount.Should().Be(100.Eur);
        book.Plan(Terms(setsOff: true), [.. a, .. b], After(3)).Remittance!.Amount.Should().Be(20.Eur);
    }

    [Fact]
    public void What_was_taken_is_given_back_with_the_statement_that_earned_it_back()
    {
        PayableStatement[] a = Chain("a", 100, 100);
        PayableStatement[] b = Chain("b", -30, 50);
        b[1] = new(b[1].Campaign, b[1].Statement with { DueOn = new(2026, 4, 1) });
        PayableStatement[] all = [.. a, .. b];

        book.Plan(Terms(setsOff: true), all, After(1)).Remittance!.Amount.Should().Be(70.Eur);
        book.Plan(Terms(setsOff: true), all, After(2)).Remittance!.Amount.Should().Be(100.Eur);
        book.Plan(Terms(setsOff: true), all, After(3)).Remittance!.Amount.Should().Be(50.Eur);
    }

    [Fact]
    public void Sum_within_the_bounds_is_paid_whatever_it_comes_to_on_the_way()
    {
        PayableStatement greatest = With(Chain("a", 1)[0], Money.MinorUnitsMax);
        PayableStatement debt = Chain("c", -5)[0];

        book.Plan(Terms(setsOff: true), [greatest, .. Chain("b", 5), debt], After(1)).Remittance!.Amount
            .Should().Be(greatest.Statement.Payable);
        FluentActions.Invoking(() => book.Plan(Terms(), [With(Chain("d", 1)[0], Money.MinorUnitsMax), .. Chain("e", 1)],
            After(1))).Should().Throw<OverflowException>();
    }

    [Fact]
    public void Remittance_has_no_more_parts_than_are_read_back()
    {
        PayableStatement one = Chain("a", 1)[0];
        PayableStatement[] most =
        [
            .. Enumerable.Range(0, Remittance.PartCountMax)
                .Select(i => one with { Statement = one.Statement with { Id = new($"s{i}") } }),
        ];

        Remittance made = RemittancePlan.Of(Terms(), most, book, After(1)).Remittance!;
        string json = TermJson.Write(made);
        TermJson.Parse(json, CampaignRecord.Read).Should().Be(made);
        FluentActions.Invoking(() => RemittancePlan.Of(Terms(), [.. most, .. Chain("b", 1)], book, After(1)))
            .Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("ref-1", "ref-1")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void Words_of_a_bank_can_be_kept(string? said, string? kept)
    {
        var answer = RemittanceAnswer.Of(new("0123"), RemittanceResult.Refused, After(1), said);

        answer.Reference.Should().Be(kept);
        TermJson.Parse(TermJson.Write(answer), CampaignRecord.Read).Should().Be(answer);
    }

    [Fact]
    public void Half_a_character_of_a_bank_is_replaced()
    {
        string said = new(['a', (char)0xd800, 'b']);

        RemittanceAnswer.Of(new("0123"), RemittanceResult.Refused, After(1), said).Reference
            .Should().Be("a\ufffdb");
    }

    [Fact]
    public void Long_words_of_a_bank_are_cut_between_characters()
    {
        string text = string.Concat("x", string.Concat(Enumerable.Repeat("\U0001F4B6", 70_000)));

        string kept = RemittanceAnswer.Of(new("0123"), RemittanceResult.Refused, After(1), text).Reference!;

        kept.Should().Be(text[..(RemittanceAnswer.ReferenceLengthMax - 1)]);
        UnicodeText.IsWellFormed(kept).Should().BeTrue();
    }

    [Fact]
    public void Fee_is_borne_by_somebody()
    {
        RemittanceTerms terms = Terms(fee: new() { Fixed = 1.Eur, Bearer = (FeeBearer)2 });

        new RemittanceTermsValidator().Validate(terms).Errors.Select(static e => e.ErrorCode)
            .Should().Equal(RemittanceCodes.BearerUnknown);
        FluentActions.Invoking(() => book.Plan(terms, Chain("a", 5), After(1))).Should().Throw<ArgumentException>();
    }

    private static PayableStatement With(PayableStatement given, long units)
    {
        var amount = Money.FromMinor(units, Currency.Eur);
        return given with { Statement = given.Statement with { Gross = amount, Payable = amount } };
    }
}
