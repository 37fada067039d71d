using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Monetary;

/// <summary>Seeded values for properties: small ones, extreme ones, and everything between.</summary>
internal static class Any
{
    internal static Gen<long> Long { get; } = Gen.OneOf(
        Gen.Choose(-20, 20).Select(static i => (long)i),
        Gen.Elements(long.MinValue, long.MaxValue, Money.MinorUnitsMax, -Money.MinorUnitsMax),
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from shift in Gen.Choose(0, 62)
        select unchecked(((long)high << 32) | (uint)low) >> shift);

    internal static Gen<long> Minor { get; } = Long.Select(static i => i % (Money.MinorUnitsMax + 1));

    internal static Gen<long[]> Weights { get; } =
        from count in Gen.Frequency((9, Gen.Choose(1, 12)), (1, Gen.Choose(13, 70)))
        from weights in Gen.ArrayOf(
            Gen.OneOf(Gen.Choose(0, 5).Select(static i => (long)i), Long.Select(static i => i & long.MaxValue)), count)
        select weights.Any(static w => w > 0) ? weights : [.. weights[1..], 1];

    internal static Gen<decimal> Decimal { get; } =
        from parts in Gen.ArrayOf(Gen.OneOf(Gen.Choose(0, 9), Gen.Choose(int.MinValue, int.MaxValue)), 3)
        from size in Gen.Choose(0, 3)
        from negative in Gen.Elements(true, false)
        from scale in Gen.Choose(0, 28)
        let low = size > 0 ? parts[0] : 0
        let middle = size > 1 ? parts[1] : 0
        let high = size > 2 ? parts[2] : 0
        select new decimal(low, middle, high, negative, (byte)scale);

    internal static Gen<Currency> Currency { get; } = Gen.Elements<Currency>(PerfMarketing.Monetary.Currency.All);

    internal static Gen<Ratio> Ratio { get; } =
        from numerator in Long
        from denominator in Long.Select(static i => Math.Max(1, i & long.MaxValue))
        select new Ratio(numerator == long.MinValue ? 0 : numerator, denominator);

    internal static void Holds<T>(Gen<T> values, Func<T, bool> property, int count = 10_000) =>
        Prop.ForAll(values.ToArbitrary(), property)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20_260_301, 1));
}
