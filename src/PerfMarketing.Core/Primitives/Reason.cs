namespace PerfMarketing.Primitives;

/// <summary>Why a decision came out as it did: a stable code and the values that a person needs to check it.</summary>
/// <remarks>
/// Codes are <c>area.kebab-case</c>, constants of the area they belong to, and listed in <c>docs/errors.md</c>.
/// A reason is data: it is stored, compared and translated; text is made from it only when somebody reads it.
/// </remarks>
/// <param name="Code">The stable code, such as <c>attribution.touch-late</c>.</param>
/// <param name="Args">Named values, in the order in which the text mentions them; empty when there are none.</param>
public sealed record Reason(string Code, ValueList<ReasonArg> Args) : ITerms
{
    /// <summary>A reason without values.</summary>
    /// <param name="code">The stable code.</param>
    public Reason(string code)
        : this(code, ValueList<ReasonArg>.Empty)
    {
    }

    /// <summary>A reason with named values.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="args">Names and values; values are kept as their invariant text.</param>
    public static Reason Of(string code, params ReadOnlySpan<(string Name, object Value)> args)
    {
        var list = new ReasonArg[args.Length];
        for (int i = 0; i < args.Length; i++)
        {
            list[i] = new(args[i].Name, InvariantText.Of(args[i].Value));
        }

        return new(code, ValueList.Create<ReasonArg>(list));
    }

    /// <summary>Reads a reason.</summary>
    /// <param name="terms">The terms.</param>
    public static Reason Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("code"), terms.List("args", ReasonArg.Read));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("code", Code);
        terms.List("args", Args);
    }

    /// <summary>The code, and the values in brackets when there are any.</summary>
    public override string ToString() => Args.Count == 0
        ? Code
        : $"{Code} ({string.Join(", ", Args.Select(static a => $"{a.Name}: {a.Value}"))})";
}

/// <summary>One named value of a <see cref="Reason"/>.</summary>
/// <param name="Name">The name, in kebab-case.</param>
/// <param name="Value">The value as invariant text.</param>
public readonly record struct ReasonArg(string Name, string Value) : ITerms
{
    /// <summary>Reads a named value.</summary>
    /// <param name="terms">The terms.</param>
    public static ReasonArg Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("name"), terms.Text("value"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("name", Name);
        terms.Value("value", Value);
    }
}
