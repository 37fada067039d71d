using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Events;

public sealed class OutcomeTruthTests
{
    [Fact]
    public void Without_corrections_everything_is_kept()
    {
        OutcomeTruth truth = OutcomeTruth.Of(Samples.Sale(100.Eur) with { Quantity = 3 });

        truth.KeptValue.Should().Be(100.Eur);
        truth.ReturnedValue.Should().Be(0.Eur);
        truth.KeptQuantity.Should().Be(3);
        truth.KeptFraction.Should().Be(Ratio.One);
        (truth.IsRetracted, truth.IsChargedBack, truth.IsGone).Should().Be((false, false, false));
    }

    [Fact]
    public void A_retraction_leaves_nothing()
    {
        OutcomeTruth truth = OutcomeTruth.After(Samples.Sale(100.Eur), [Samples.Retraction()]);

        truth.KeptValue.Should().Be(0.Eur);
        truth.ReturnedValue.Should().Be(100.Eur);
        truth.KeptQuantity.Should().Be(0);
        truth.KeptFraction.Should().Be(Ratio.Zero);
        (truth.IsRetracted, truth.IsGone).Should().Be((true, true));
        truth.Counted.Should().Equal(new PerfMarketing.Identity.CorrectionId("k1"));
    }

    [Fact]
    public void An_outcome_without_value_counts_by_quantity()
    {
        Outcome lead = Samples.Sale() with { Quantity = 4 };

        OutcomeTruth.After(lead, [Samples.Restatement(null, quantity: 3)]).KeptFraction.Should().Be(new Ratio(3, 4));
        OutcomeTruth.After(lead, [Samples.Retraction()]).KeptFraction.Should().Be(Ratio.Zero);
        OutcomeTruth.Of(lead).KeptValue.Should().BeNull();
        OutcomeTruth.Of(lead).ReturnedValue.Should().BeNull();
    }

    [Fact]
    public void The_newest_restatement_counts_up_or_down()
    {
        OutcomeTruth truth = OutcomeTruth.After(
            Samples.Sale(100.Eur), [Samples.Restatement(120.Eur, "k2", 2), Samples.Restatement(70.Eur, "k1", 1)]);

        truth.OriginalValue.Should().Be(100.Eur);
        truth.StatedValue.Should().Be(120.Eur);
        truth.KeptValue.Should().Be(120.Eur);
        truth.KeptFraction.Should().Be(new Ratio(6, 5));
        truth.ReturnedValue.Should().Be(0.Eur);
    }

    [Fact]
    public void A_value_that_comes_later_is_a_restatement()
    {
        OutcomeTruth truth = OutcomeTruth.After(
            Samples.Sale(), [Samples.Restatement(50.Eur), Samples.AmountReturn(20.Eur, "k2", 2)]);

        truth.KeptValue.Should().Be(30.Eur);
        truth.KeptFraction.Should().Be(Ratio.One, "there was no value to take a part of");
    }

    [Fact]
    public void A_return_stands_beside_a_restatement_unless_it_is_replaced()
    {
        Correction back = Samples.AmountReturn(30.Eur, "k1", 1);
        Restatement stated = Samples.Restatement(80.Eur, "k2", 2);

        Kept(back, stated).Should().Be(50.Eur);
        Kept(back, stated with { Replaces = new("k1") }).Should().Be(80.Eur);

        static Money? Kept(params Correction[] all) => OutcomeTruth.After(Samples.Sale(100.Eur), all).KeptValue;
    }

    [Fact]
    public void Nothing_falls_below_zero()
    {
        OutcomeTruth truth = OutcomeTruth.After(
            Samples.Sale(100.Eur),
            [
                Samples.AmountReturn(70.Eur, "k1", 1), Samples.AmountReturn(40.Eur, "k2", 2),
                Samples.Restatement(60.Eur, "k3", 3), Samples.AmountReturn(30.Eur, "k4", 4),
            ]);

        truth.KeptValue.Should().Be(0.Eur);
        truth.KeptQuantity.Should().Be(0);
        truth.Refused.Should().Equal(
            new RefusedCorrection(new("k2"), Reason.Of(CorrectionCodes.MoreThanKept, ("amount", 40.Eur))),
            new RefusedCorrection(new("k3"), Reason.Of(CorrectionCodes.BelowReturned, ("value", 60.Eur))));
        truth.Counted.Select(static id => id.Value).Should().Equal("k1", "k4");
    }

    [Fact]
    public void A_repeated_correction_counts_once()
    {
        Correction back = Samples.AmountReturn(30.Eur);
        OutcomeTruth truth = OutcomeTruth.After(
            Samples.Sale(100.Eur), [back, back with { RecordedAt = Samples.Hour(7) }, back]);

        truth.KeptValue.Should().Be(70.Eur);
        truth.Refused.Should().BeEmpty();
    }

    [Fact]
    public void One_id_with_two_contents_is_a_conflict_and_the_first_stands()
    {
        AmountReturn first = Samples.AmountReturn(30.Eur);
        OutcomeTruth truth = OutcomeTruth.After(
            Samples.Sale(100.Eur), [first with { Amount = 40.Eur, RecordedAt = Samples.Hour(7) }, first]);

        truth.KeptValue.Should().Be(70.Eur);
        truth.Refused.Should().Equal(new RefusedCorrection(new("k1"), new(CorrectionCodes.Conflict)));
    }

    [Fact]
    public void A_withdrawn_return_does_not_count()
    {
        Correction back = Samples.AmountReturn(30.Eur);

        OutcomeTruth.After(Samples.Sale(100.Eur), [Samples.Withdrawn("k1"), back]).KeptValue.Should().Be(100.Eur);
    }

    [Fact]
    public void A_chargeback_that_was_won_does_not_count()
    {
        OutcomeTruth lost = OutcomeTruth.After(Samples.Sale(100.Eur), [Samples.Chargeback()]);
        OutcomeTruth part = OutcomeTruth.After(Samples.Sale(100.Eur), [Samples.Chargeback(25.Eur)]);
        OutcomeTruth won = OutcomeTruth.After(Samples.Sale(100.Eur), [Samples.Chargeback(), Samples.Won("k1")]);

        (lost.KeptValue, lost.IsChargedBack, lost.IsGone).Should().Be((0.Eur, true, true));
        (part.KeptValue, part.IsChargedBack, part.IsGone).Should().Be((75.Eur, true, false));
        (won.KeptValue, won.IsChargedBack, won.IsGone).Should().Be((100.Eur, false, false));
    }

    [Fact]
    public void A_return_during_a_chargeback_counts_when_the_dispute_is_won()
    {
        Correction[] all = [Samples.Chargeback(), Samples.AmountReturn(30.Eur, "k2", 2), Samples.Won("k1", "k3", 3)];

        OutcomeTruth.After(Samples.Sale(100.Eur), all[..2]).KeptValue.Should().Be(0.Eur);
        OutcomeTruth.After(Samples.Sale(100.Eur), all).KeptValue.Should().Be(70.Eur);
    }

    [Fact]
    public void Of_a_chain_of_replacements_the_last_counts()
    {
        Correction[] chain =
        [
            Samples.AmountReturn(30.Eur, "k1", 1), Samples.AmountReturn(20.Eur, "k2", 2) with { Replaces = new("k1") },
            Samples.AmountReturn(10.Eur, "k3", 3) with { Replaces = new("k2") },
        ];

        OutcomeTruth truth = OutcomeTruth.After(Samples.Sale(100.Eur), chain);

        truth.KeptValue.Should().Be(90.Eur);
        truth.Counted.Select(static id => id.Value).Should().Equal("k3");
        truth.Refused.Should().BeEmpty();
    }

    [Fact]
    public void A_refused_replacement_replaces_nothing()
    {
        OutcomeTruth truth = OutcomeTruth.After(
            Samples.Sale(100.Eur),
            [
                Samples.AmountReturn(30.Eur, "k1", 1),
                Samples.AmountReturn(130.Eur, "k2", 2) with { Replaces = new("k1") },
            ]);

        truth.KeptValue.Should().Be(70.Eur);
        truth.Refused.Select(static r => r.Reason.Code).Should().Equal(CorrectionCodes.MoreThanKept);
    }

    public static TheoryData<string, string, Correction> Refusals => new()
    {
        { "another outcome", CorrectionCodes.OtherOutcome, Samples.Retraction("k2") with { Outcome = new("o2") } },
        { "withdraws what is not known", CorrectionCodes.ReplacesUnknown, Samples.Withdrawn("k7", "k2") },
        { "wins what is not known", CorrectionCodes.ReplacesUnknown, Samples.Won("k7", "k2") },
        { "wins what is no chargeback", CorrectionCodes.ReplacesOtherKind, Samples.Won("k1", "k2") },
        {
            "replaces what came later", CorrectionCodes.ReplacesLater,
            Samples.AmountReturn(1.Eur, "k2", 0) with { Replaces = new("k1") }
        },
        { "another currency", CorrectionCodes.Currency, Samples.AmountReturn(1.Usd, "k2", 2) },
        { "restated in another currency", CorrectionCodes.Currency, Samples.Restatement(1.Usd, "k2", 2) },
        { "no such line", CorrectionCodes.LineUnknown, Samples.LineReturn("k2", 2, new ReturnedLine { Line = 0 }) },
        { "malformed", EventCodes.Contradictory, Samples.Restatement(null, "k2", 2) },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_cannot_count_is_refused_with_its_reason(string reason, string code, Correction refused)
    {
        Correction back = Samples.AmountReturn(30.Eur, "k1", 1);
        OutcomeTruth truth = OutcomeTruth.After(Samples.Sale(100.Eur), [refused, back]);

        truth.Refused.Select(static r => (r.Id.Value, r.Reason.Code)).Should().Equal([("k2", code)], reason);
        truth.KeptValue.Should().Be(70.Eur, reason);
    }

    [Fact]
    public void An_amount_needs_a_value() =>
        OutcomeTruth.After(Samples.Sale(), [Samples.AmountReturn(1.Eur)]).Refused
            .Select(static r => r.Reason.Code).Should().Equal(CorrectionCodes.NoValue);

    [Fact]
    public void Corrections_beyond_the_bound_are_refused()
    {
        IEnumerable<Correction> many = Enumerable.Range(0, OutcomeTruth.CorrectionCountMax + 2)
            .Select(static i => Samples.AmountReturn(0.01m.Eur, $"k{i}", i));

        OutcomeTruth truth = OutcomeTruth.After(Samples.Sale(100.Eur), many);

        truth.KeptValue.Should().Be(90.Eur);
        truth.Refused.Select(static r => r.Reason.Code)
            .Should().Equal(CorrectionCodes.TooMany, CorrectionCodes.TooMany);
    }

    [Fact]
    public void An_outcome_that_is_wrong_has_no_truth()
    {
        Action fold = static () => OutcomeTruth.Of(Samples.Sale(-1.Eur));

        fold.Should().Throw<ArgumentException>();
    }
}
