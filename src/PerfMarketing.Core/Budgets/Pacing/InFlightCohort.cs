namespace PerfMarketing.Budgets.Pacing;

/// <summary>Touches of about one age, some of which will still have a result.</summary>
/// <param name="Touches">How many were bought; not negative.</param>
/// <param name="Mature">
/// Which part of their results has come by now, from 0 to 1; see <see cref="DelayCurve.Before"/>.
/// </param>
public readonly record struct InFlightCohort(long Touches, double Mature)
{
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Touches);
        if (!(Mature is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Mature), Mature, "A part is from 0 to 1.");
        }
    }
}
