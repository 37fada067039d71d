using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Events;

public sealed class OutcomeTruthPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(3_000).WithReplay(20_260_301, 1);

    [Fact]
    public void The_order_of_corrections_makes_no_difference() => Check(static (outcome, corrections, seed) =>
    {
        Correction[] shuffled = [.. corrections];
        Shuffle(shuffled, seed);
        return OutcomeTruth.After(outcome, shuffled) == OutcomeTruth.After(outcome, corrections);
    });

    [Fact]
    public void Repetitions_make_no_difference() => Check(static (outcome, corrections, seed) =>
        OutcomeTruth.After(outcome, corrections.Concat(corrections.Take(seed % 5)))
            == OutcomeTruth.After(outcome, corrections));

    [Fact]
    public void Nothing_kept_is_negative_or_more_than_stated_and_lines_sum_to_the_whole() =>
        Check(static (outcome, corrections, _) =>
        {
            OutcomeTruth truth = OutcomeTruth.After(outcome, corrections);
            return truth.KeptQuantity >= 0 && truth.KeptFraction >= Ratio.Zero
                && (truth.KeptValue is not { } kept || (kept >= 0.Eur && kept <= truth.StatedValue!.Value))
                && truth.Lines.All(static l => l.Kept >= 0.Eur && l.Kept <= l.Worth && l.KeptQuantity >= 0)
                && (truth.Lines.Count == 0
                    || truth.Lines.Sum(static l => l.Kept.Amount) == truth.KeptValue!.Value.Amount);
        });

    [Fact]
    public void Every_correction_counts_or_is_replaced_or_is_refused() => Check(static (outcome, corrections, _) =>
    {
        OutcomeTruth truth = OutcomeTruth.After(outcome, corrections);
        HashSet<string> named =
        [
            .. truth.Counted.Select(static id => id.Value), .. truth.Refused.Select(static r => r.Id.Value),
            .. corrections.Select(static c => c.Replaces?.Value ?? string.Empty),
        ];
        return corrections.All(c => named.Contains(c.Id.Value));
    });

    [Fact]
    public void A_full_retraction_leaves_exactly_nothing() => Check(static (outcome, corrections, _) =>
    {
        Correction last = Samples.Retraction("last", 100);
        OutcomeTruth truth = OutcomeTruth.After(outcome, corrections.Append(last));
        return truth.IsGone && truth.KeptFraction == Ratio.Zero && (truth.KeptValue?.MinorUnits ?? 0) == 0;
    });

    private static void Check(Func<Outcome, Correction[], int, bool> holds) => Prop.ForAll(
        Outcomes().ToArbitrary(),
        Gen.Choose(0, 8).SelectMany(static count => Corrections().ArrayOf(count)).ToArbitrary(),
        ArbMap.Default.ArbFor<NonNegativeInt>(),
        (outcome, corrections, seed) => holds(outcome, corrections, seed.Get)).Check(Seeded);

    private static Gen<Outcome> Outcomes() => Gen.OneOf(
        Gen.Constant(Samples.Sale()),
        Gen.Choose(0, 500).Select(static minor => Samples.Sale(Cents(minor))),
        from lines in Gen.Choose(1, 3).SelectMany(static count => Lines().ArrayOf(count))
        from discount in Gen.Choose(0, (int)lines.Sum(static l => l.Net.MinorUnits))
        from value in Gen.Choose(-500, 500)
        select Samples.Sale(value < 0 ? null : Cents(value)) with
        {
            Lines = [.. lines],
            Totals = new() { Discount = Cents(discount) },
        });

    private static Gen<OrderLine> Lines() =>
        from net in Gen.Choose(0, 300)
        from pieces in Gen.Choose(1, 3)
        from sku in Gen.Elements("a", "b")
        select new OrderLine { Sku = sku, Quantity = pieces, Net = Cents(net) };

    private static Gen<Correction> Corrections() =>
        from id in Gen.Choose(1, 8)
        from hour in Gen.Choose(1, 6)
        from amount in Gen.Choose(0, 200)
        from replaces in Gen.Choose(-12, 8)
        from returned in Returned()
        from made in Gen.Elements<Func<string, Correction>>(
            k => Samples.Restatement(Cents(amount), k, hour),
            k => Samples.Restatement(null, k, hour, 1 + amount),
            k => Samples.LineReturn(k, hour, returned),
            k => Samples.LineReturn(k, hour, returned),
            k => Samples.AmountReturn(Cents(amount), k, hour),
            k => Samples.Chargeback(Cents(amount), k, hour),
            k => Samples.Withdrawn($"k{Math.Abs(replaces)}", k, hour),
            k => Samples.Won($"k{Math.Abs(replaces)}", k, hour))
        select made($"k{id}") is var c && replaces > 0 && c.Replaces is null
            ? c with { Replaces = new($"k{replaces}") }
            : c;

    private static Gen<ReturnedLine> Returned() => Gen.OneOf(
        Gen.Choose(0, 3).Select(static line => new ReturnedLine { Line = line }),
        Gen.Choose(1, 3).Select(static pieces => new ReturnedLine { Line = 0, Quantity = pieces }),
        Gen.Elements("a", "b").Select(static sku => new ReturnedLine { Sku = sku, Quantity = 1 }),
        Gen.Choose(0, 200).Select(static minor => new ReturnedLine { Sku = "a", Amount = Cents(minor) }));

    private static Money Cents(int minor) => Money.FromMinor(minor, Currency.Eur);

    private static void Shuffle(Correction[] all, int seed)
    {
        for (int i = all.Length - 1; i > 0; i--)
        {
            seed = unchecked((seed * 1_103_515_245) + 12_345) & int.MaxValue;
            int other = seed % (i + 1);
            (all[i], all[other]) = (all[other], all[i]);
        }
    }
}
