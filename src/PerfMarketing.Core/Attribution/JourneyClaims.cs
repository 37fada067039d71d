using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>
/// Makes claims part of a journey: as touches at the conversion, after all others, in the rule's order.
/// </summary>
internal static class JourneyClaims
{
    public static JourneyTouch[] With(
        ReadOnlySpan<JourneyTouch> touches,
        ValueList<ClaimBasis> asked,
        ValueList<OutcomeClaim> claims,
        Instant at)
    {
        List<JourneyTouch> all = new(touches.Length + claims.Count);
        all.AddRange(touches);

        // What the rule names first counts first among owners, and so stands last among touches.
        for (int i = asked.Count - 1; i >= 0; i--)
        {
            foreach (OutcomeClaim claim in claims)
            {
                if (claim.Basis == asked[i] && !claim.Partner.IsUnset)
                {
                    all.Add(new()
                    {
                        At = at,
                        Sequence = long.MaxValue,
                        Partner = claim.Partner,
                        Claim = claim.Basis,
                    });
                }
            }
        }

        return [.. all];
    }
}
