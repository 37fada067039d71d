namespace PerfMarketing.Contracts;

/// <summary>Which of the clauses that apply to an outcome pay a partner for it.</summary>
/// <remarks>A clause applies when it is for the partner, of the outcome's kind, in its window, and its condition
/// holds.</remarks>
public enum Precedence
{
    /// <summary>The first of them, in the order of the contract. The default.</summary>
    FirstMatch,

    /// <summary>
    /// The one that names the partner before one that does not, then the one with the most condition terms, then the
    /// first: also when another would pay more.
    /// </summary>
    MostSpecific,

    /// <summary>The one that pays the partner most, as exact money; of several that pay the same, the first.</summary>
    Best,

    /// <summary>All of them, each as a leg of its own.</summary>
    Sum,
}
