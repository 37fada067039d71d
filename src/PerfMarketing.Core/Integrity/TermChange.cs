using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>What happened to one term between two versions.</summary>
public enum TermChangeKind
{
    /// <summary>The term is new.</summary>
    Added,

    /// <summary>The term is gone.</summary>
    Removed,

    /// <summary>The term has another value.</summary>
    Changed,

    /// <summary>The term stands at another place of its list; its value did not change by that.</summary>
    Moved,
}

/// <summary>One difference between two versions of terms.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="PathBefore">
/// Where the term stood, as a JSON path of the older version; null when it is new.
/// </param>
/// <param name="PathAfter">Where it stands, as a JSON path of the newer version; null when it is gone.</param>
public sealed record TermChange(TermChangeKind Kind, string? PathBefore, string? PathAfter) : ITerms
{
    /// <summary>
    /// What the term was, or what its absence meant; null when it is new or only stands elsewhere.
    /// </summary>
    public TermNode? Before { get; init; }

    /// <summary>What the term is, or what its absence means; null when it is gone or only stands elsewhere.</summary>
    public TermNode? After { get; init; }

    /// <summary>Where the term stands now; where it stood, when it is gone.</summary>
    public string Path => PathAfter ?? PathBefore ?? string.Empty;

    /// <summary>Reads a change.</summary>
    /// <param name="terms">The terms.</param>
    public static TermChange Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Enum<TermChangeKind>("kind"), terms.OptionalText("pathBefore"), terms.OptionalText("pathAfter"))
        {
            Before = terms.Node("before"),
            After = terms.Node("after"),
        };
    }

    /// <summary>The same difference, seen from the newer version to the older one.</summary>
    public TermChange Mirrored() => new(
        Kind switch
        {
            TermChangeKind.Added => TermChangeKind.Removed,
            TermChangeKind.Removed => TermChangeKind.Added,
            _ => Kind,
        },
        PathAfter,
        PathBefore)
    {
        Before = After,
        After = Before,
    };

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("kind", Kind);
        terms.Value("pathBefore", PathBefore);
        terms.Value("pathAfter", PathAfter);
        if (Before is not null)
        {
            terms.Add("before", Before);
        }

        if (After is not null)
        {
            terms.Add("after", After);
        }
    }
}
