namespace PerfMarketing.Contracts;

/// <summary>What becomes of an outcome of a grade.</summary>
public enum GradeAction
{
    /// <summary>It is paid as the terms say; what an earlier grade changed is undone.</summary>
    Accept,

    /// <summary>
    /// It is not paid until it is graded anew or approved. What was earned before stays as it stands.
    /// </summary>
    Hold,

    /// <summary>A part of it is paid.</summary>
    Scale,

    /// <summary>It is not paid; what was earned is taken back as a correction would.</summary>
    Reverse,
}
