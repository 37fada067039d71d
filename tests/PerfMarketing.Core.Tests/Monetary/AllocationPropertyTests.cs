using System.Numerics;
using FsCheck.Fluent;
using PerfMarketing.Monetary;

namespace PerfMarketing.Tests.Monetary;

public sealed class AllocationPropertyTests
{
    [Fact]
    public void Parts_sum_to_the_whole() => Any.Holds(
        Pairs(),
        static v => Allocation.Split(v.Total, v.Weights).Aggregate(Int128.Zero, static (sum, p) => sum + p) == v.Total);

    [Fact]
    public void A_negative_whole_mirrors_the_positive_one() => Any.Holds(
        Pairs(),
        static v => v.Total == long.MinValue
            || Allocation.Split(v.Total, v.Weights).Select(static p => -p)
                .SequenceEqual(Allocation.Split(-v.Total, v.Weights)));

    [Fact]
    public void Zero_weight_gets_nothing() => Any.Holds(
        Pairs(),
        static v => Allocation.Split(v.Total, v.Weights).Zip(v.Weights).All(static p => p.Second > 0 || p.First == 0));

    [Fact]
    public void A_part_is_less_than_one_unit_off_its_exact_share() => Any.Holds(Pairs(), static v =>
    {
        BigInteger sum = v.Weights.Aggregate(BigInteger.Zero, static (s, w) => s + w);
        return Allocation.Split(v.Total, v.Weights).Zip(v.Weights).All(p => BigInteger.Abs(
            ((BigInteger)p.First * sum) - ((BigInteger)v.Total * p.Second)) < sum);
    });

    [Fact]
    public void A_greater_weight_never_gets_less_and_ties_go_to_the_lower_index() => Any.Holds(Pairs(), static v =>
    {
        long[] parts = Allocation.Split(v.Total, v.Weights);
        int sign = Math.Sign(v.Total);
        for (int i = 1; i < parts.Length; i++)
        {
            int order = v.Weights[i - 1].CompareTo(v.Weights[i]);
            Int128 more = ((Int128)parts[i - 1] - parts[i]) * sign;
            if ((order >= 0 && more < 0) || (order < 0 && more > 0))
            {
                return false;
            }
        }

        return true;
    });

    [Fact]
    public void Credited_counts_sum_to_the_count_exactly() => Any.Holds(
        from total in Any.Decimal
        from weights in Any.Weights
        select (Total: decimal.Round(total % Accrual.AmountMax, Accrual.Decimals), weights),
        static v =>
        {
            var parts = new decimal[v.weights.Length];
            Allocation.Split(v.Total, v.weights, parts);
            return parts.Sum() == v.Total && parts.All(static p => p.Scale <= Accrual.Decimals);
        });

    [Fact]
    public void Money_is_allocated_in_every_currency() => Any.Holds(
        from minor in Any.Minor
        from currency in Any.Currency
        from weights in Any.Weights
        select (Money: Money.FromMinor(minor, currency), weights),
        static v => v.Money.Allocate(v.weights)
            .Aggregate(Money.Zero(v.Money.Currency), static (sum, p) => sum + p) == v.Money);

    private static FsCheck.Gen<(long Total, long[] Weights)> Pairs() =>
        from total in Any.Long
        from weights in Any.Weights
        select (total, weights);
}
