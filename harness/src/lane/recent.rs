//! What was made of recent modules is kept, so that cases that share a module decode and compile it once.

use std::collections::VecDeque;
use std::num::NonZeroUsize;

/// How many modules are kept: more than come between two cases of one module where kinds of cases are mixed.
pub(crate) const KEPT: NonZeroUsize = NonZeroUsize::new(32).expect("32 is not 0");

/// What was made of the modules that were asked for last.
pub(crate) struct Recent<T> {
    /// The one asked for last comes first.
    made: VecDeque<(Vec<u8>, T)>,
}

impl<T> Recent<T> {
    /// What was made of a module, or what is made of it now.
    pub(crate) fn get_or_make<E>(&mut self, module: &[u8], make: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
        // Modules are told apart by their bytes: as a rule the lengths differ already.
        let kept = self.made.iter().position(|(of, _)| of == module).and_then(|position| self.made.remove(position));
        let entry = match kept {
            Some(entry) => entry,
            None => (module.to_vec(), make()?),
        };
        self.made.push_front(entry);
        self.made.truncate(KEPT.get());
        Ok(&self.made[0].1)
    }
}

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self { made: VecDeque::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_made_once_while_it_is_recent() {
        let mut recent = Recent::default();
        let mut made = 0;
        let mut ask = |module: u8| {
            let value = *recent
                .get_or_make(&[module], || {
                    made += 1;
                    Ok::<_, ()>(u32::from(module))
                })
                .expect("it is made");
            assert_eq!(value, u32::from(module));
            made
        };
        assert_eq!([ask(0), ask(0), ask(1), ask(0)], [1, 1, 2, 2]);
        let kept = u8::try_from(KEPT.get()).expect("few are kept");
        (1..kept).for_each(|module| _ = ask(module));
        assert_eq!(ask(0), u32::from(kept), "as many as are kept have been asked for");
        (1..=kept).for_each(|module| _ = ask(module));
        let before = u32::from(kept) + 1;
        assert_eq!((ask(0), ask(kept)), (before + 1, before + 1), "the one that was asked for longest ago has gone");
    }

    #[test]
    fn what_cannot_be_made_is_not_kept() {
        let mut recent = Recent::default();
        assert_eq!(recent.get_or_make(&[1], || Err::<u8, _>("no")), Err("no"));
        assert_eq!(recent.get_or_make(&[1], || Ok::<_, ()>(2)), Ok(&2));
    }
}
