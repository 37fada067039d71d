using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>The part that a partner had in the journey to an outcome, whether it got credit or not.</summary>
/// <remarks>
/// The partner of the oldest touch that took part introduced the customer; that of the newest one that could have had
/// credit closed; every other one assisted. One partner may have introduced and closed.
/// </remarks>
/// <param name="Partner">The partner.</param>
/// <param name="FirstTouch">When the first of its touches that took part happened.</param>
public readonly record struct PartnerRole(PartnerId Partner, Instant FirstTouch) : ITerms
{
    /// <summary>The role of who introduced the customer.</summary>
    public const string Introducer = "introducer";

    /// <summary>The role of who neither introduced nor closed.</summary>
    public const string Assist = "assist";

    /// <summary>The role of who closed.</summary>
    public const string Closer = "closer";

    private static readonly ValueList<string> Both = [Introducer, Closer];
    private static readonly ValueList<string> First = [Introducer];
    private static readonly ValueList<string> Last = [Closer];
    private static readonly ValueList<string> Neither = [Assist];

    /// <summary>Whether it introduced the customer.</summary>
    public bool HasIntroduced { get; init; }

    /// <summary>Whether it closed.</summary>
    public bool HasClosed { get; init; }

    /// <summary>The roles by their names: the values of the fact <c>outcome.role</c>.</summary>
    public ValueList<string> Names => HasIntroduced ? (HasClosed ? Both : First) : HasClosed ? Last : Neither;

    /// <summary>Reads a role.</summary>
    /// <param name="terms">The terms.</param>
    public static PartnerRole Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<PartnerId>("partner"), terms.Instant("firstTouch"))
        {
            HasIntroduced = terms.Flag("hasIntroduced"),
            HasClosed = terms.Flag("hasClosed"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("partner", Partner);
        terms.Instant("firstTouch", FirstTouch);
        terms.Flag("hasIntroduced", HasIntroduced);
        terms.Flag("hasClosed", HasClosed);
    }
}
