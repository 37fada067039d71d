using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Contracts.Oracle;

/// <summary>
/// Random contracts over random streams, priced a second time in exact rationals by code that shares nothing with the
/// library but the named points: parts of credit and quotients have 12 decimals, amounts are rounded half away from
/// zero.
/// </summary>
[SuppressMessage("Security", "CA5394", Justification = "A seed must always give the same contracts.")]
public sealed class PricingOracleTests
{
    private const int ContractCount = 100_000;

    private static readonly Instant At = Instant.FromUtc(2026, 7, 15, 12, 0);

    private static readonly Currency[] Currencies = [Currency.Eur, Currency.Parse("JPY"), Currency.Parse("KWD")];

    [Fact]
    public void Oracle_agrees_on_a_hundred_thousand_contracts()
    {
        ConcurrentBag<string> wrong = [];
        long repriced = 0;
        Parallel.For(0, ContractCount, (seed, loop) =>
        {
            Stream stream = new(seed);
            if (stream.FirstDifference() is { } difference)
            {
                wrong.Add($"seed {seed}: {difference}");
                loop.Stop();
            }

            Interlocked.Add(ref repriced, stream.RepricedCount);
        });

        wrong.Should().BeEmpty();
        repriced.Should().BeGreaterThan(ContractCount / 100, "tiers must be crossed");
    }

    private sealed class Stream
    {
        private readonly Random random;
        private readonly Currency currency;
        private readonly OracleModel model;
        private readonly Clause clause;
        private readonly ClausePricing pricing = new();
        private readonly Tally[] tallies;
        private readonly OracleTally[] exact;
        private readonly Fraction[] accrued;

        public Stream(int seed)
        {
            random = new(seed);
            currency = Currencies[random.Next(Currencies.Length)];
            model = new OracleModels(random, currency).Next();
            clause = new(
                new()
                {
                    Id = new("c"),
                    Outcome = "sale",
                    Pays = model.Model,
                    Rounding = new(
                        RoundingMode.HalfAwayFromZero, random.Next(3) == 0 ? RoundAt.Period : RoundAt.Outcome),
                },
                ContractCalendar.Utc,
                []);
            int partners = 1 + random.Next(3);
            tallies = new Tally[partners];
            Array.Fill(tallies, Tally.Zero(currency));
            exact = new OracleTally[partners];
            Array.Fill(exact, OracleTally.Zero);
            accrued = new Fraction[partners];
            Array.Fill(accrued, 0);
        }

        public int RepricedCount { get; private set; }

        public string? FirstDifference()
        {
            for (int i = 0; i < 4; i++)
            {
                if (Differs(i) is { } difference)
                {
                    return $"{clause.Pays} outcome {i}: {difference}";
                }
            }

            return null;
        }

        private string? Differs(int outcome)
        {
            Money value = Money.FromMinor(random.Next(0, 50_000), currency);
            decimal quantity = random.Next(1, 40) / (random.Next(2) == 0 ? 1m : 4m);
            long[] weights = [.. tallies.Select(_ => 1L + random.Next(5))];
            long total = weights.Sum() + (random.Next(3) == 0 ? random.Next(4) : 0);
            decimal? score = random.Next(4) > 0 ? random.Next(0, 32) / 2m : null;
            (int Paid, int Months)[] known = Histories();
            Beneficiary[] all = [.. tallies.Select((t, i) => new Beneficiary(new PartnerId($"p{i}"), weights[i], t)
            {
                History = new(known[i].Paid, At.Minus(Duration.FromHours(1)).InUtc().LocalDateTime
                    .PlusMonths(-known[i].Months).InUtc().ToInstant()),
            })];
            FactSet facts = score is { } number ? [OracleModels.Score.Of(number)] : FactSet.Empty;
            var shares = pricing.Price(clause, new(value, quantity, facts) { At = At }, all, total);
            OracleContext[] seen = [.. known.Select(h => new OracleContext(
                value.Amount, quantity, 1, OracleTally.Zero, OracleTally.Zero)
            {
                Fact = score is { } of ? of : null, PaidBefore = h.Paid, Months = h.Months,
            })];
            BigInteger[][] expected = Expected(seen, weights, total);
            for (int i = 0; i < all.Length; i++)
            {
                BigInteger[] got = [shares[i].Amount.MinorUnits, shares[i].Repriced.MinorUnits];
                RepricedCount += got[1] == 0 ? 0 : 1;
                if (!got.SequenceEqual(expected[i]))
                {
                    return $"p{i} gets {got[0]} and {got[1]}, should get {expected[i][0]} and {expected[i][1]}";
                }

                tallies[i] += shares[i].Counted;
            }

            return null;
        }

        // What partners were paid for the customer before: mostly the same, for one who came by all of them.
        private (int Paid, int Months)[] Histories()
        {
            bool differ = random.Next(4) == 0;
            (int, int) same = (random.Next(5), random.Next(14));
            return [.. tallies.Select(_ => differ ? (random.Next(5), random.Next(14)) : same)];
        }

        // Own and re-priced amount of each partner, in minor units.
        private BigInteger[][] Expected(OracleContext[] seen, long[] weights, long total)
        {
            BigInteger[] counts = Shared(1, weights, total, 12);
            BigInteger[] quantities = Shared(seen[0].Quantity, weights, total, 12);
            BigInteger[] values = Shared(seen[0].Value, weights, total, 12);
            if (!clause.IsCumulative)
            {
                return Array.Exists(seen, c => c != seen[0])
                    ? [.. seen.Select((c, i) => Alone(c, weights[i], total))]
                    : Once(seen[0], weights, total);
            }

            var expected = new BigInteger[weights.Length][];
            for (int i = 0; i < weights.Length; i++)
            {
                OracleTally counted = new(Twelfth(counts[i]), Twelfth(quantities[i]), Twelfth(values[i]));
                OracleContext context = seen[i] with
                {
                    Share = new(weights[i], total),
                    Before = exact[i],
                    Counted = counted,
                };
                OraclePrice price = model.Credited(context);
                Fraction own = price.Own.Rounded(12);
                Fraction after = accrued[i] + own + price.Repriced.Rounded(12);
                BigInteger change = after.Units(currency.MinorDigits) - accrued[i].Units(currency.MinorDigits);
                BigInteger posted = price.Repriced != 0 ? own.Units(currency.MinorDigits) : change;
                expected[i] = [posted, change - posted];
                accrued[i] = after;
                exact[i] += counted;
            }

            return expected;
        }

        // Whom the customer came to at another time is paid another whole, and rounded alone.
        private BigInteger[] Alone(in OracleContext context, long weight, long total)
        {
            Fraction whole = model.Price(context).Own;
            Fraction part = weight == total ? whole : (whole * new Fraction(weight, total)).Rounded(12);
            return [part.Units(currency.MinorDigits), 0];
        }

        private BigInteger[][] Once(in OracleContext context, long[] weights, long total)
        {
            Fraction whole = model.Price(context).Own;
            long mine = weights.Sum();
            Fraction part = mine == total ? whole : (whole * new Fraction(mine, total)).Rounded(12);
            BigInteger posted = part.Units(currency.MinorDigits);
            return [.. Largest(posted, weights).Select(static p => new BigInteger[] { p, 0 })];
        }

        private static Fraction Twelfth(BigInteger units) => new(units, BigInteger.Pow(10, 12));

        // The credited parts of an amount, on a grid of so many decimals, with what others are credited for left out.
        private static BigInteger[] Shared(Fraction amount, long[] weights, long total, int digits) =>
            [.. Largest(amount.Units(digits), [.. weights, total - weights.Sum()]).Take(weights.Length)];

        // Largest remainder, ties to the first.
        private static BigInteger[] Largest(BigInteger whole, long[] weights)
        {
            BigInteger total = 0;
            foreach (long weight in weights)
            {
                total += weight;
            }

            BigInteger[] parts = [.. weights.Select(w => BigInteger.Abs(whole) * w / total)];
            BigInteger left = BigInteger.Abs(whole);
            foreach (BigInteger part in parts)
            {
                left -= part;
            }

            int[] order = [.. Enumerable.Range(0, weights.Length)
                .OrderByDescending(i => BigInteger.Abs(whole) * weights[i] % total)];
            for (int i = 0; i < (int)left; i++)
            {
                parts[order[i]] += 1;
            }

            return whole.Sign < 0 ? [.. parts.Select(static p => -p)] : parts;
        }
    }
}
