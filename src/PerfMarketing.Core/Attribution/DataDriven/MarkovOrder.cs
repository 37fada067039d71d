using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>
/// How many touches a Markov model should look back on, by how well each order foretells other journeys.
/// </summary>
/// <remarks>
/// <para>
/// A part of the journeys is held out. Each order learns from the others how often what follows what, as far back as it
/// looks (at the beginning of a journey, back to its start), and is then asked how likely the held-out journeys are:
/// touch after touch, and their end. Every channel and both ends count half more than they were seen (Krichevsky and
/// Trofimov, IEEE Transactions on Information Theory 27(2), 1981), so that what was never seen is unlikely and not
/// impossible, and an order with too little data for each window does badly. The order with the greatest likelihood is
/// chosen; of equal ones the lowest.
/// </para>
/// <para>
/// Of each path one in <see cref="HeldOutOneIn"/> of its converted and of its lost journeys is held out, beginning at a
/// place that a hash of the path's channels gives: the same journeys whatever the order of rows, and however they are
/// split.
/// </para>
/// </remarks>
public sealed record MarkovOrder
{
    /// <summary>One journey in so many is held out.</summary>
    public const int HeldOutOneIn = 5;

    /// <summary>The order that was chosen.</summary>
    public required int Order { get; init; }

    /// <summary>How many journeys the orders learnt from.</summary>
    public required long Learnt { get; init; }

    /// <summary>How many journeys were held out.</summary>
    public required long HeldOut { get; init; }

    /// <summary>What each order came to, the lowest first.</summary>
    public required ValueList<OrderScore> Scores { get; init; }

    /// <summary>Chooses an order.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="choice">The choice; null when it is refused.</param>
    /// <param name="refusal">Why there is none; null when there is one.</param>
    /// <param name="highest">The highest order that is tried; from 1 to <see cref="MarkovOptions.OrderMax"/>.</param>
    /// <param name="convertingOnly">Whether journeys that did not convert are left out.</param>
    /// <returns>
    /// Whether there is a choice: not when nothing converts, or when there are too few journeys to hold some out.
    /// </returns>
    public static bool TryChoose(
        PathCounts paths,
        [NotNullWhen(true)] out MarkovOrder? choice,
        [NotNullWhen(false)] out Reason? refusal,
        int highest = 4,
        bool convertingOnly = false)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfLessThan(highest, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(highest, MarkovOptions.OrderMax);
        choice = null;
        refusal = null;
        if (paths.Conversions == 0)
        {
            refusal = Reason.Of(DataDrivenReasons.NothingConverts, ("journeys", paths.Journeys));
            return false;
        }

        OrderTrial trial = new(paths, convertingOnly);
        if (trial.Learnt == 0 || trial.HeldOut == 0)
        {
            refusal = Reason.Of(DataDrivenReasons.TooFewJourneys, ("journeys", paths.Journeys));
            return false;
        }

        List<OrderScore> scores = [];
        OrderScore? best = null;
        for (int order = 1; order <= highest; order++)
        {
            OrderScore score = trial.Score(order);
            scores.Add(score);
            best = best is null || score.HeldOut > best.HeldOut ? score : best;
        }

        choice = new()
        {
            Order = best!.Order,
            Learnt = trial.Learnt,
            HeldOut = trial.HeldOut,
            Scores = scores.ToValueList(),
        };
        return true;
    }
}

/// <summary>How well one order foretells journeys.</summary>
/// <param name="Order">The order.</param>
/// <param name="Windows">How many different windows it learnt of, those at the beginning of journeys included.</param>
/// <param name="Learnt">
/// The mean natural logarithm of the likelihood of a step, over the journeys that it learnt from; 0 at most. It rises
/// with the order, and says nothing by itself.
/// </param>
/// <param name="HeldOut">The same over the journeys that were held out: the greater, the better.</param>
public sealed record OrderScore(int Order, int Windows, double Learnt, double HeldOut);
