using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Attribution;

namespace PerfMarketing.Tests.Attribution;

public sealed class HalvingWeightTests
{
    private const ulong Week = 7UL * 86_400_000_000_000;
    private const ulong HalfLifeMax = 36_525UL * 86_400_000_000_000;

    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(20_260_301, 1);

    // decay-7d: https://webmasterid.com/attribution-models/decay-half-life.
    [Theory]
    [InlineData("decay-7d: new", 0, 46)]
    [InlineData("decay-7d: one half-life", 1, 45)]
    [InlineData("decay-7d: two half-lives", 2, 44)]
    [InlineData("the last one that weighs anything", 46, 0)]
    public void Whole_halvings_are_exact(string reason, int halvings, int power)
    {
        reason.Should().NotBeEmpty();
        HalvingWeight.Of(Week * (ulong)halvings, Week).Should().Be(1L << power);
    }

    [Theory]
    [InlineData("half a unit is reached but not passed", 0UL, 0)]
    [InlineData("just more than half a unit", 1UL, 1)]
    public void The_weight_ends_after_47_halvings(string reason, ulong younger, long weight)
    {
        reason.Should().NotBeEmpty();
        HalvingWeight.Of((47 * Week) - younger, Week).Should().Be(weight);
    }

    [Fact]
    public void The_longest_age_of_all_weighs_nothing()
    {
        HalvingWeight.Of(UInt128.MaxValue, HalfLifeMax).Should().Be(0);
        HalvingWeight.Of(UInt128.MaxValue, 1).Should().Be(0);
        HalvingWeight.Of((UInt128)HalfLifeMax * 46, HalfLifeMax).Should().Be(1, "ages beyond 64 bits are exact");
    }

    [Fact]
    public void Fractions_are_within_16_units_of_the_reference() =>
        Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), static seed =>
        {
            // Spread the bits: small numbers are what generators like best.
            ulong fraction = unchecked(seed * 0x9E3779B97F4A7C15);
            BigInteger exact = HalvingReference.Of(fraction, BigInteger.One << 64) >> (HalvingReference.Bits - 63);
            return BigInteger.Abs(exact - HalvingWeight.OfFraction(fraction)) <= 16;
        }).Check(Seeded);

    [Theory]
    [InlineData("every entry of the tables", 16)]
    public void Fractions_of_one_digit_are_within_16_units_of_the_reference(string reason, int digits)
    {
        reason.Should().NotBeEmpty();
        for (int digit = 0; digit < digits; digit++)
        {
            for (int value = 0; value < 16; value++)
            {
                ulong fraction = (ulong)value << (60 - (4 * digit));
                BigInteger exact = HalvingReference.Of(fraction, BigInteger.One << 64) >> (HalvingReference.Bits - 63);
                BigInteger.Abs(exact - HalvingWeight.OfFraction(fraction)).Should().BeLessThanOrEqualTo(16);
            }
        }
    }

    [Fact]
    public void Weights_are_within_half_a_unit_of_the_reference() =>
        Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), ArbMap.Default.ArbFor<ulong>(), static (ageSeed, halfLifeSeed) =>
        {
            ulong halfLife = 1 + (unchecked(halfLifeSeed * 0x9E3779B97F4A7C15) % HalfLifeMax);
            UInt128 age = (UInt128)halfLife * (unchecked(ageSeed * 0xD1B54A32D192ED03) >> 32) >> 26;
            BigInteger error = HalvingReference.Of((BigInteger)age, halfLife)
                - ((BigInteger)HalvingWeight.Of(age, halfLife) << (HalvingReference.Bits - HalvingWeight.ScaleBits));
            return BigInteger.Abs(error) * 100 <= (BigInteger)51 << (HalvingReference.Bits - HalvingWeight.ScaleBits);
        }).Check(Seeded);

    [Fact]
    public void An_older_touch_never_weighs_more()
    {
        long[] weights =
            [.. Enumerable.Range(0, 48 * 997).Select(static i => HalvingWeight.Of((ulong)i * (Week / 997), Week))];

        weights.Zip(weights.Skip(1)).All(static pair => pair.First >= pair.Second).Should().BeTrue();
        weights[0].Should().Be(HalvingWeight.One);
    }
}
