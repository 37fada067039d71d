using System.Globalization;
using FluentValidation.Results;

namespace PerfMarketing.Payouts.Validation;

/// <summary>What is wrong with the ends of bands: they rise, and only the last band has none.</summary>
internal static class BandEnds
{
    /// <summary>The failures of a list of ends.</summary>
    /// <param name="ends">The end of each band; null where a band has none.</param>
    /// <param name="term">The property that holds the end, such as <c>UpTo</c>.</param>
    public static IEnumerable<ValidationFailure> Failures(IReadOnlyList<decimal?> ends, string term)
    {
        for (int i = 0; i < ends.Count; i++)
        {
            if (ends[i] is null != (i == ends.Count - 1))
            {
                yield return Failure(i, term, PayoutCodes.BandEnd, "The last band, and no other, has no end.");
            }

            if (i > 0 && ends[i] <= ends[i - 1])
            {
                yield return Failure(i, term, PayoutCodes.BandsNotAscending, "A band ends above the one before it.");
            }
        }
    }

    private static ValidationFailure Failure(int index, string term, string code, string message) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Bands[{index}].{term}"), message) { ErrorCode = code };
}
