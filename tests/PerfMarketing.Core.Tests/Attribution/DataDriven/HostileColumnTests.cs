using System.Runtime.InteropServices;
using PerfMarketing.Attribution.DataDriven.Columns;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>Columns that somebody wrote who means harm, or who does not know what a boolean is here.</summary>
public sealed class HostileColumnTests
{
    private static readonly ValueList<ChannelId> Channels = [new("seo"), new("ads")];

    // Ids that all fall on one place of the table: each would pass by all before it, 10^11 steps in all.
    [Fact]
    public void Ids_chosen_to_fall_on_one_place_are_numbered_all_the_same()
    {
        const int Count = 400_000;
        long[] chosen = [.. Enumerable.Range(0, Count).Select(Colliding)];
        long[] ids = [1, .. chosen, .. chosen, 1];
        CustomerNumbers numbers = new();

        numbers.Number(ids.AsSpan(0, Count));
        numbers.Number(ids.AsSpan(Count));

        numbers.Count.Should().Be(Count + 1);
        ids.Should().Equal([0, .. Enumerable.Range(1, Count), .. Enumerable.Range(1, Count), 0]);
        numbers.Clear();
        long[] next = [7, chosen[0], 7];
        numbers.Number(next);
        next.Should().Equal(0, 1, 0);
    }

    [Fact]
    public void Ids_chosen_to_fall_on_one_place_give_the_same_credits()
    {
        const int Rows = 5_000;
        int[] customers = [.. Enumerable.Range(0, Rows).Select(static i => i * i % 701)];
        long[] ids = [.. customers.Select(static c => c % 3 == 0 ? c : Colliding(c))];
        ushort[] channels = [.. Enumerable.Range(0, Rows).Select(static i => (ushort)(i / 3 % 2))];
        long[] ticks = [.. Enumerable.Range(0, Rows).Select(static i => i * 7_919L % 1_000)];
        bool[] conversions = [.. Enumerable.Range(0, Rows).Select(static i => i % 5 == 0)];

        ColumnCredits large = ColumnCredits.Of(new(ids, channels, ticks, conversions), new(Channels));

        large.Should().Be(ColumnCredits.Of(new(customers, channels, ticks, conversions), new(Channels)));
    }

    // Of other programs' columns of bytes; it would be taken for a part of the channel.
    [Theory]
    [InlineData(2)]
    [InlineData(255)]
    public void A_conversion_that_is_neither_0_nor_1_is_refused(byte conversion)
    {
        byte[] bytes = [0, conversion];

        FluentActions.Invoking(() => ColumnCredits.Of(
            new([0, 0], [0, 1], [1, 2], MemoryMarshal.Cast<byte, bool>(bytes.AsSpan())), new(Channels)))
            .Should().Throw<ArgumentException>().WithMessage("*neither 0 nor 1*");
    }

    // What the table makes of ids, the other way: the upper half is the same for all.
    private static long Colliding(int number)
    {
        unchecked
        {
            ulong mixed = (0x1234_5678_0000_0000 + (ulong)number) * Inverse(0xD6E8FEB86659FD93);
            return (long)((mixed ^ (mixed >> 32)) * Inverse(0x9E3779B97F4A7C15));
        }
    }

    // Newton's way: each step doubles the bits that are right.
    private static ulong Inverse(ulong odd)
    {
        ulong inverse = odd;
        for (int i = 0; i < 6; i++)
        {
            inverse = unchecked(inverse * (2 - (odd * inverse)));
        }

        return inverse;
    }
}
